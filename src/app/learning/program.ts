/** Which program this is: what another one has learnt may mean something else. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folders whose code decides what is learnt of a library. */
const FOLDERS = ["intents", "triage", "turns"];

let known: string | undefined;

/** SHA-256 over the code that learns and the runtime that keeps its values. Read once. */
export function programFingerprint(): string {
  return (known ??= fingerprint(path.join(__dirname, "..", "..")));
}

function fingerprint(root: string): string {
  const hash = createHash("sha256").update(process.versions.v8);
  for (const folder of FOLDERS)
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).sort())
      if (/\.[jt]s$/.test(file)) hash.update(file).update(readFileSync(path.join(root, folder, file)));
  return hash.digest("hex");
}
