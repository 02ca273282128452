/** `npm run intents -- --compare <git revision or folder> --messages file`: what would change for these messages. */
import { readFileSync } from "node:fs";
import type { Library } from "../src/intents/library.js";
import { loadLibrary } from "../src/intents/load.js";
import { compareLibraries, type Change, type ChangeKind } from "../src/turns/compare-libraries.js";
import { createUnderstander } from "../src/turns/understand.js";
import type { Understanding } from "../src/vocabulary/understanding.js";
import { libraryAt } from "./library-at.js";

const HEADINGS: Record<ChangeKind, string> = {
  urgent: "Tanda darurat berubah",
  lost: "Tidak lagi dijawab",
  changed: "Jawabannya berganti",
  gained: "Baru dijawab",
  asked: "Ditanyakan balik atau diteruskan dengan cara lain",
};

/** Prints the changes from the library at `where` to `now`. False when the old library cannot be read. */
export async function printComparison(
  where: string,
  now: { library: Library; folder: string },
  messagesFile: string,
): Promise<boolean> {
  const old = libraryAt(where, now.folder);
  try {
    const { library, problems } = await loadLibrary(old.folder);
    if (library === undefined) {
      console.log(`Pustaka lama tidak bisa dibaca: ${problems[0]?.message ?? ""}`);
      return false;
    }
    const messages = readFileSync(messagesFile, "utf8")
      .split(/\r?\n/)
      .filter((line) => line.trim() !== "");
    const changes = compareLibraries(createUnderstander(library), createUnderstander(now.library), messages);
    print(changes, messages.length);
    return true;
  } finally {
    old.clean();
  }
}

function print(changes: readonly Change[], total: number): void {
  console.log(`${total} pesan dibandingkan, ${changes.length} berubah.`);
  for (const [kind, heading] of Object.entries(HEADINGS)) {
    const some = changes.filter((change) => change.kind === kind);
    if (some.length === 0) continue;
    console.log(`\n${heading} (${some.length}):`);
    for (const { message, before, after } of some)
      console.log(`  ${message}\n      ${told(before)} → ${told(after)}`);
  }
}

const OUTCOMES = {
  answer: "jawab",
  clarify: "tanya-balik",
  escalate: "petugas",
  urgent: "darurat",
  fold: "sisihkan",
} as const;

function told({ outcome, intent, more = [], candidates, urgency }: Understanding): string {
  if (outcome === "clarify") return `tanya-balik ${candidates.map((each) => each.intent).join(" / ")}`;
  if (outcome === "urgent") return `darurat ${urgency?.priority ?? ""} ${urgency?.class ?? ""}`;
  return outcome === "answer" ? `jawab ${[intent, ...more].join(" + ")}` : OUTCOMES[outcome];
}
