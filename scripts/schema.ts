/** `npm run schema`: writes `intents/format.schema.json` from src/intents/format.ts. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { schemaText } from "./schema-text.js";

writeFileSync(path.join(__dirname, "..", "intents", "format.schema.json"), schemaText());
console.log("Written: intents/format.schema.json");
