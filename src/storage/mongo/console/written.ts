/** The index of what was written, filled when somebody searches, so that receiving a message costs nothing more. */
import type { Reply } from "../../../vocabulary/reply.js";
import { wordsHeard } from "../../lines.js";
import type { ConsoleStore } from "../../console-port.js";
import type { Tables } from "../connect.js";
import { bodyFrom } from "../events.js";
import { escapeRegex } from "./listings.js";

type Written = Pick<ConsoleStore, "unindexed" | "index" | "search">;

/** What cannot be longer is not worth finding. */
const MOST_WORDS = 500;

/** Reads what is new, indexes what it is given, and finds. */
export function writtenOf({ events, said, written }: Tables): Written {
  /** Whoever was removed since it was read is not written down any more. */
  const dropRemoved = async (texts: readonly { source: string; citizen: string }[]): Promise<void> => {
    const ids = texts.map(({ source }) => source.slice(source.indexOf(":") + 1));
    const [heard, spoken] = await Promise.all([
      events.pick({ _id: { $in: ids } }, ["_id", "citizen"], ids.length),
      said.pick({ _id: { $in: ids } }, ["_id", "citizen"], ids.length),
    ]);
    const there = new Set([
      ...heard.map(({ _id, citizen }) => `event:${_id} ${citizen ?? ""}`),
      ...spoken.map(({ _id, citizen }) => `said:${_id} ${citizen}`),
    ]);
    const gone = texts.filter(({ source, citizen }) => !there.has(`${source} ${citizen}`));
    if (gone.length > 0) await written.remove({ _id: { $in: gone.map(({ source }) => source) } });
  };
  return {
    async unindexed(limit) {
      const [heard, spoken] = await Promise.all([
        events.find({ toIndex: { $gt: 0 } }, { sort: { toIndex: 1 }, limit }),
        said.find({ toIndex: { $gt: 0 } }, { sort: { toIndex: 1 }, limit }),
      ]);
      return [
        ...heard.map((row) => ({
          source: `event:${row._id}`,
          citizen: row.citizen ?? "",
          at: row.at,
          text: wordsHeard(bodyFrom(row)),
        })),
        ...spoken.map((row) => ({
          source: `said:${row._id}`,
          citizen: row.citizen,
          at: row.createdAt,
          text: (JSON.parse(row.reply) as Reply).text,
        })),
      ];
    },
    async index(texts) {
      await written.insert(
        texts
          .filter(({ text }) => text !== "")
          .map(({ source, citizen, at, text }) => ({ _id: source, citizen, at, text, words: wordsOf(text) })),
      );
      await dropRemoved(texts);
      const idsOf = (kind: string): string[] =>
        texts.flatMap(({ source }) => (source.startsWith(kind) ? [source.slice(kind.length)] : []));
      await events.changeAll({ _id: { $in: idsOf("event:") } }, { $unset: { toIndex: 1 } });
      await said.changeAll({ _id: { $in: idsOf("said:") } }, { $unset: { toIndex: 1 } });
    },
    async search(words, limit) {
      const all = words.flatMap(wordsOf).map((word) => ({ words: { $regex: `^${escapeRegex(word)}` } }));
      if (all.length === 0) return [];
      return (await written.find({ $and: all }, { sort: { at: -1 }, limit })).map(
        ({ citizen, at, text }) => ({
          citizen,
          at,
          text,
        }),
      );
    },
  };
}

/** In small letters, without accents, each once. */
function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, MOST_WORDS);
}
