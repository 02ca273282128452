/** Writes `.env.example` and the README's table of settings from the one list in src/app/settings.ts. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { envExample, settingsTable, withSettingsTable } from "./settings-text.js";

const root = path.join(__dirname, "..");
const readme = path.join(root, "README.md");
writeFileSync(path.join(root, ".env.example"), envExample());
writeFileSync(readme, withSettingsTable(readFileSync(readme, "utf8"), settingsTable()));
console.log("Written: .env.example and the table of settings in README.md.");
