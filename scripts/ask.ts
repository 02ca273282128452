/** `npm run ask -- "ktp ilang gmn"`: what would be understood, and why. */
import type { Matcher } from "../src/intents/matching/matcher.js";
import { createUnderstander } from "../src/turns/understand.js";
import type { Understanding } from "../src/vocabulary/understanding.js";
import { openLibraryForTool } from "./open-library.js";

const OUTCOMES = {
  answer: "dijawab",
  clarify: "ditanyakan balik",
  escalate: "diteruskan ke petugas",
  urgent: "DARURAT, petugas dipanggil",
  fold: "disisihkan",
} as const;

const percent = (share: number): string => `${(share * 100).toFixed(0).padStart(3)} %`;
const print = (name: string, value: string): void =>
  console.log((name === "" ? "" : `${name}:`).padEnd(18) + value);

async function main(): Promise<void> {
  const text = process.argv.slice(2).join(" ");
  if (text.trim() === "") {
    console.log('Tulis kalimatnya, misalnya: npm run ask -- "ktp ilang gmn"');
    process.exitCode = 1;
    return;
  }
  const library = await openLibraryForTool(undefined);
  const { understand, matcher } = createUnderstander(library);
  const understood = understand(text);
  print("Hasil", OUTCOMES[understood.outcome]);
  print("Alasan", understood.reasons.join("; "));
  printReading(text, matcher);
  const titleOf = (intent: string): string => `${intent} (${library.intents.get(intent)?.title ?? ""})`;
  for (const [index, { intent, confidence }] of understood.candidates.entries())
    print(index === 0 ? "Topik" : "", `${percent(confidence)}  ${titleOf(intent)}`);
  for (const intent of understood.more ?? []) print("Juga", titleOf(intent));
  print("Dijawab mulai", `${percent(matcher.answerFrom())}  (di bawah itu ditanyakan balik)`);
  printFound(understood);
}

/** How the words were read, and which of them decided. */
function printReading(text: string, matcher: Matcher): void {
  const { repairs, mattered, meanings } = matcher.explain(text);
  print("Dibaca sebagai", matcher.match(text).words.join(" ") || "(tidak ada kata)");
  if (repairs.length > 0) print("Diperbaiki", repairs.map(({ from, to }) => `${from} → ${to}`).join(", "));
  if (meanings.length > 0)
    print(
      "Makna",
      meanings.map((each) => `${each.word} = ${each.meanings.slice(0, 3).join("/")}`).join(", "),
    );
  const words = mattered.filter(({ change }) => change > 0.05).slice(0, 5);
  if (words.length > 0)
    print("Kata penentu", words.map(({ word, change }) => `${word} (+${change.toFixed(1)})`).join(", "));
}

/** Danger, noise, agency, place and language. */
function printFound({ urgency, noise, slots, language }: Understanding): void {
  if (urgency !== undefined)
    print("Tanda bahaya", `${urgency.priority} ${urgency.class}: ${urgency.words.join(", ")}`);
  if (noise !== undefined) print("Gangguan", noise.reasons.join("; "));
  if (slots?.agency !== undefined) print("Dinas", slots.agency);
  if (slots?.place !== undefined) print("Tempat", slots.place);
  if (language === "en") print("Bahasa", "Inggris");
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
