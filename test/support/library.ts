/** The sample city's library, and what is learnt from it, once for a test file. */
import path from "node:path";
import type { Library } from "../../src/intents/library.js";
import { loadLibrary } from "../../src/intents/load.js";

export const INTENTS = path.join(__dirname, "..", "..", "intents");

/** Fails with the library's first mistake when it has one. */
export async function sampleLibrary(): Promise<Library> {
  const { library, problems } = await loadLibrary(INTENTS, "2026-11-20");
  if (library === undefined)
    throw new Error(problems.find(({ severity }) => severity === "salah")?.message ?? "no library");
  return library;
}
