/** Opens the library for a command-line tool: `--intents DIR`, else INTENTS_DIR, else ./intents. */
import { config as loadDotenv } from "dotenv";
import { readConfig } from "../src/app/config.js";
import type { Library } from "../src/intents/library.js";
import { loadLibrary } from "../src/intents/load.js";
import { formatProblem } from "../src/intents/problems.js";

/** The library, or the end of the program with its mistakes on standard error. */
export async function openLibraryForTool(folder: string | undefined): Promise<Library> {
  loadDotenv({ quiet: true });
  const { library, problems } = await loadLibrary(folder ?? readConfig(process.env).intentsDir);
  if (library !== undefined) return library;
  for (const problem of problems.filter(({ severity }) => severity === "salah"))
    console.error(formatProblem(problem));
  process.exit(1);
}
