/** What the operator's scripts share: the settings of the page, a question before anything happens, and the result. */
import { createInterface } from "node:readline/promises";
import { config as loadDotenv } from "dotenv";
import {
  ConfigError,
  missingForPage,
  readConfig,
  type Config,
  type MessengerSettings,
} from "../src/app/config.js";
import type { PageKeys, SetupResult } from "../src/messenger/page-setup.js";

export interface OperatorSettings {
  config: Config;
  messenger: MessengerSettings;
  keys: PageKeys;
}

/** Reads the settings; without a page the program ends with what is missing. */
export function readOperatorSettings(): OperatorSettings {
  loadDotenv({ quiet: true });
  const config = readConfig(process.env);
  const { messenger } = config;
  if (messenger === undefined)
    throw new ConfigError(
      missingForPage((name) => process.env[name] ?? "").concat("Fill these in .env first."),
    );
  return { config, messenger, keys: { ...messenger, graphApiUrl: config.graphApiUrl } };
}

/** Says what will happen and asks; `--yes` skips the question, and is needed where nobody can answer. */
export async function confirm(sentence: string): Promise<boolean> {
  console.log(sentence);
  if (process.argv.includes("--yes")) return true;
  if (!process.stdin.isTTY) {
    console.log("Add --yes to do it without being asked.");
    return false;
  }
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await ask.question("Go on? (yes/no) ");
  ask.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Says what happened. False when it did not work. */
export function report({ ok, sentence }: SetupResult): boolean {
  console.log(`${ok ? "Done" : "Failed"}: ${sentence}`);
  return ok;
}

/** Runs a script; problems become sentences and an exit code. */
export function runScript(main: () => Promise<boolean>): void {
  main().then(
    (ok) => {
      process.exitCode = ok ? 0 : 1;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : "Something went wrong.");
      process.exitCode = 1;
    },
  );
}
