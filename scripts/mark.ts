/** `npm run mark -- "pesan warga" ktp-hilang` (or `-` for: none of the topics): remembers what was really meant. */
import { config as loadDotenv } from "dotenv";
import { mkdir } from "node:fs/promises";
import { readConfig } from "../src/app/config.js";
import { storeMark } from "../src/intents/marks.js";
import { maskPersonal } from "../src/triage/mask.js";
import { openLibraryForTool } from "./open-library.js";

async function main(): Promise<void> {
  loadDotenv({ quiet: true });
  const [text = "", intent = ""] = process.argv.slice(2);
  const { intents } = await openLibraryForTool(undefined);
  if (text.trim() === "" || (intent !== "-" && !intents.has(intent))) {
    console.log(
      'Tulis pesannya dan topiknya, misalnya: npm run mark -- "ktp sy lenyap" ktp-hilang   (atau - bila bukan topik mana pun)',
    );
    process.exitCode = 1;
    return;
  }
  const { dataDir } = readConfig(process.env);
  await mkdir(dataDir, { recursive: true });
  await storeMark(dataDir, {
    text: maskPersonal(text),
    intent: intent === "-" ? null : intent,
    at: Date.now(),
    by: "editor",
  });
  console.log("Dicatat. Dipakai saat pustaka dipelajari lagi: berkas berubah, atau server dijalankan ulang.");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
