/** Fills a text with the city's facts, the moment, and the citizen's own greeting. */
import { DateTime } from "luxon";
import type { Records } from "../intents/library.js";
import { meaningOf, PLACEHOLDER, type Meaning } from "../intents/placeholders.js";
import { cityDay } from "./city-day.js";
import { calendarOf, hoursSentence, openSentence, whenAnswered } from "./opening-hours.js";
import { partOfDay, replyToSalam } from "./salam.js";

export interface FillContext {
  records: Records;
  /** The agency that `{dinas…}` speaks of. */
  agency: string;
  /** The city's zone. */
  zone: string;
  now: number;
  /** What the citizen wrote, for giving a salam back. */
  citizenText?: string;
}

/** The filled text, and the ids of facts in it whose review date is past. The library's check has made sure that every placeholder means something. */
export function fill(text: string, context: FillContext): { text: string; staleFacts: string[] } {
  if (!text.includes("{")) return { text, staleFacts: [] };
  const staleFacts: string[] = [];
  const filled = text.replace(PLACEHOLDER, (whole, name: string) => {
    const meaning = meaningOf(name, context.agency, context.records);
    if (meaning === undefined) return whole;
    if (meaning.kind === "fact" && isStale(meaning.id, context)) staleFacts.push(meaning.id);
    return valueOf(meaning, context);
  });
  return { text: filled, staleFacts };
}

/** True when the text begins with a greeting that wants one back. */
export function startsWithSalam(text: string, replies: Record<string, string>): boolean {
  return replyToSalam(text, replies) !== undefined;
}

function isStale(id: string, { records, now, zone }: FillContext): boolean {
  const fact = records.facts[id];
  return fact !== undefined && fact.tinjau_lagi < cityDay(now, zone);
}

function valueOf(meaning: Meaning, context: FillContext): string {
  const { records, zone, now } = context;
  switch (meaning.kind) {
    case "moment":
      return momentOf(meaning.name, context);
    case "city":
      return textAt(records.city, meaning.key);
    case "emergency":
      return records.emergency.nomor[meaning.id]?.nomor ?? "";
    case "fact":
      return records.facts[meaning.id]?.isi.trim() ?? "";
    case "agency":
      if (meaning.part === "jam") return hoursSentence(calendarOf(meaning.agency, records, zone));
      if (meaning.part === "buka") return openSentence(calendarOf(meaning.agency, records, zone), now);
      return textAt(records.agencies[meaning.agency] ?? {}, meaning.part);
  }
}

function momentOf(name: Extract<Meaning, { kind: "moment" }>["name"], context: FillContext): string {
  const { records, zone, now, citizenText } = context;
  const day = records.hours.kalimat.waktu[partOfDay(DateTime.fromMillis(now, { zone }).hour)];
  switch (name) {
    case "waktu":
      return day;
    case "balas_salam": {
      const reply =
        citizenText === undefined ? undefined : replyToSalam(citizenText, records.common.balasan_salam);
      return (reply ?? records.common.salam_biasa).replaceAll("{waktu}", day);
    }
    case "jam_petugas":
      return hoursSentence(calendarOf("petugas", records, zone)).replace(/\.$/, "");
    case "kapan_dijawab":
      return whenAnswered(calendarOf("petugas", records, zone), now);
  }
}

function textAt(record: object, key: string): string {
  const value = Object.entries(record).find(([name]) => name === key)?.[1] as unknown;
  return typeof value === "string" ? value.trim() : "";
}
