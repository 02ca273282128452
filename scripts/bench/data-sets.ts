/** The public sets understanding is measured on: read from a folder that is no part of the project (`--data DIR`). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { seeded } from "../../src/intents/matching/seeded.js";

export interface Example {
  split: string;
  text: string;
  intent: string;
}

/** One JSON object a line: split, text, intent. */
export function readSet(folder: string, name: string): Example[] {
  return readFileSync(path.join(folder, `${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Example);
}

export const split = (set: readonly Example[], name: string): Example[] =>
  set.filter((each) => each.split === name);

/** So many examples of each intent, drawn the same on every machine. */
export function draw(set: readonly Example[], shots: number, seed: number): Example[] {
  const random = seeded(seed * 7919 + 17);
  for (let skip = 0; skip < 20; skip += 1) random();
  const byIntent = groupOf(set);
  return [...byIntent.values()].flatMap((examples) => shuffled(examples, random).slice(0, shots));
}

function groupOf(set: readonly Example[]): Map<string, Example[]> {
  const groups = new Map<string, Example[]>();
  for (const each of set) groups.set(each.intent, [...(groups.get(each.intent) ?? []), each]);
  return groups;
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}

/**
 * Plain word → how people write it, word by word, from pairs of sentences of the same length (STIF-Indonesia). Words that
 * stand at the same place need not mean the same ("bisa" and "beli"); such pairs are seldom seen twice. `least`: how often a
 * pair must be seen.
 */
export function readSlang(folder: string, least: number): Map<string, string[]> {
  const slang = new Map<string, Map<string, number>>();
  for (const line of readFileSync(path.join(folder, "stif_id.tsv"), "utf8").split("\n").slice(1)) {
    const [, informal = "", formal = ""] = line.split("\t");
    const [from, to] = [informal.split(" "), formal.split(" ")];
    if (from.length !== to.length) continue;
    to.forEach((word, i) => {
      const said = from[i] ?? word;
      if (said === word || !/^[a-z]{2,}$/.test(word) || !/^[a-z0-9]{2,}$/.test(said) || said[0] !== word[0])
        return;
      const known = slang.get(word) ?? new Map<string, number>();
      slang.set(word, known.set(said, (known.get(said) ?? 0) + 1));
    });
  }
  return new Map(
    [...slang].map(([word, said]) => [
      word,
      [...said]
        .filter(([, count]) => count >= least)
        .sort((a, b) => b[1] - a[1])
        .map(([each]) => each)
        .slice(0, 3),
    ]),
  );
}

/** Every word that people write otherwise is written otherwise. */
export function withSlang(
  text: string,
  slang: ReadonlyMap<string, readonly string[]>,
  random: () => number,
): string {
  return text
    .split(" ")
    .map((word) => {
      const said = slang.get(word);
      return said === undefined ? word : (said[Math.floor(random() * said.length)] ?? word);
    })
    .join(" ");
}

/** The medium mix: of the longer words 15 % lose a vowel or more, 10 % get a typo, 7 % are stretched. */
export function withNoise(text: string, random: () => number): string {
  return text
    .split(" ")
    .map((word) => {
      const luck = random();
      if (word.length < 4 || /\d/.test(word)) return word;
      if (luck < 0.15)
        return (word[0] ?? "") + word.slice(1).replace(/[aeiou]/g, (vowel) => (random() < 0.7 ? "" : vowel));
      const at = 1 + Math.floor(random() * (word.length - 2));
      if (luck < 0.25)
        return word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
      if (luck < 0.32) return word.slice(0, at) + (word[at] ?? "").repeat(3) + word.slice(at);
      return word;
    })
    .join(" ");
}
