/** `npm run receive -- delivery.json`: signs a saved delivery and plays it into the running server. */
import { readFileSync } from "node:fs";
import axios from "axios";
import { bytesOf, sign, type Json } from "../src/simulator/payloads.js";
import { confirm, readOperatorSettings, runScript } from "./operator.js";

function readDelivery(file: string): Json {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
}

runScript(async () => {
  const file = process.argv.slice(2).find((each) => !each.startsWith("--"));
  if (file === undefined) {
    console.log("Name a file: npm run receive -- delivery.json");
    return false;
  }
  const { config, messenger } = readOperatorSettings();
  const url = `http://127.0.0.1:${config.port}/webhook`;
  const body = bytesOf(readDelivery(file));
  if (
    !(await confirm(
      `This signs ${file} with the app secret and posts it to ${url}. Real citizens in it may be answered.`,
    ))
  )
    return false;
  const headers = {
    "content-type": "application/json",
    "x-hub-signature-256": sign(body, messenger.appSecret),
  };
  const response = await axios
    .post(url, body, { headers, validateStatus: () => true, proxy: false })
    .catch(() => {
      throw new Error(`Nothing answers at ${url}. Is the server running?`);
    });
  console.log(`The server answered ${response.status}.`);
  return response.status === 200;
});
