/** The format of an intent file as a JSON schema, for completion and red lines in an editor. */
import { z } from "zod";
import { intentFile } from "../src/intents/format.js";

/** The whole of `intents/format.schema.json`. */
export function schemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(intentFile, { io: "input" }), undefined, 2)}\n`;
}
