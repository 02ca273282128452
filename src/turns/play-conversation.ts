/** Plays a conversation through the real decisions, with a clock of its own: for the tests in intent files, and for trying things out. */
import { STATES } from "../intents/format-dialogues.js";
import type { ConversationLine } from "../intents/format-steps.js";
import type { Library } from "../intents/library.js";
import { ticketsInMemory, type TicketsInMemory } from "../tickets/in-memory.js";
import { newCitizen, type Citizen } from "../vocabulary/citizen.js";
import type { AlarmName, Attachment, EventBody } from "../vocabulary/event.js";
import type { Choice, Reply } from "../vocabulary/reply.js";
import type { TicketMove } from "../vocabulary/ticket.js";
import type { Turn } from "../vocabulary/turn.js";
import type { Situation } from "./draft.js";
import { handleTurn } from "./handle-turn.js";
import type { Understander } from "./understand.js";

/** What the decisions are made with. */
export interface TestBed {
  library: Library;
  understander: Pick<Understander, "understand">;
  zone: string;
  now: number;
}

/** One citizen and the city, as far as a conversation needs them. */
export interface Conversation {
  citizen(): Citizen;
  escalation(): Situation["escalation"];
  tickets: TicketsInMemory;
  now(): number;
  /** Something happens now; gives back what is said to it. */
  happens(body: EventBody): Promise<Reply[]>;
  /** Time passes, and alarms ring when they are due; gives back what is said meanwhile. */
  passes(ms: number): Promise<Reply[]>;
  /** Every answer of the bot so far, turn by turn. */
  heard(): Reply[][];
  lastTurn(): Turn | undefined;
}

const SECOND_MS = 1000;
const BOT_RETURNS_MS = 12 * 60 * 60 * 1000;
const UNITS: Record<string, number> = { menit: 60_000, jam: 3_600_000, hari: 86_400_000 };

/** Begins a conversation. `id` names its citizen; conversations may share their tickets. */
export function beginConversation(bed: TestBed, id = "uji", tickets = ticketsInMemory()): Conversation {
  let citizen = newCitizen(id);
  let escalation: Situation["escalation"];
  let now = bed.now;
  let count = 0;
  let turn: Turn | undefined;
  const alarms = new Map<AlarmName, number>();
  const heard: Reply[][] = [];

  const decide = async (body: EventBody, at: number): Promise<Reply[]> => {
    count += 1;
    const event = { id: `${id}:${count}`, channel: "inside" as const, page: "uji", citizen: id, at, body };
    turn = await handleTurn(event, citizen, {
      library: bed.library,
      understand: bed.understander.understand,
      escalation,
      recent: [],
      zone: bed.zone,
      now,
      appId: "uji",
      gatherMs: 0,
      botReturnsMs: BOT_RETURNS_MS,
      claimMs: 15 * 60 * SECOND_MS,
      hasHumanAgent: false,
      tickets,
    });
    // Through JSON, as a store keeps it.
    citizen = { ...(JSON.parse(JSON.stringify(turn.citizen)) as Citizen), revision: count };
    escalation = turn.escalation?.state === "closed" ? undefined : (turn.escalation ?? escalation);
    for (const alarm of turn.alarms) if ((alarm.citizen ?? id) === id) alarms.set(alarm.name, alarm.at);
    const replies = tickets.commit(turn);
    heard.push(replies);
    return replies;
  };
  const ringUntil = async (until: number): Promise<Reply[]> => {
    const said: Reply[] = [];
    for (;;) {
      const next = [...alarms].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1])[0];
      if (next === undefined) return said;
      const [name, at] = next;
      alarms.delete(name);
      now = Math.max(now, at);
      said.push(...(await decide({ kind: "alarm", name }, at)));
    }
  };
  return {
    citizen: () => citizen,
    escalation: () => escalation,
    tickets,
    now: () => now,
    heard: () => heard,
    lastTurn: () => turn,
    async happens(body) {
      now += SECOND_MS;
      const said = await decide(body, now);
      return [...said, ...(await ringUntil(now))];
    },
    async passes(ms) {
      const until = now + ms;
      const said = await ringUntil(until);
      now = until;
      return said;
    },
  };
}

/** Plays the lines; undefined when everything came out, else a sentence for the editor. */
export async function playConversation(
  lines: readonly ConversationLine[],
  bed: TestBed,
): Promise<string | undefined> {
  const talk = beginConversation(bed);
  let said: Reply[] = [];
  let wasChecked = true;
  for (const [index, line] of lines.entries()) {
    const problem = checkSaid(line, said);
    if (problem !== undefined) return problem;
    if ("bot" in line || "bot_tidak" in line) {
      wasChecked = true;
      continue;
    }
    const more = await play(line, talk, index);
    if (more === undefined) return missing(line);
    said = wasChecked ? more : [...said, ...more];
    wasChecked = false;
  }
  return undefined;
}

function checkSaid(line: ConversationLine, said: readonly Reply[]): string | undefined {
  const has = (part: string): boolean =>
    said.some(({ text }) => text.toLowerCase().includes(part.toLowerCase()));
  const shown = said.map(({ text }) => `"${text.slice(0, 60)}…"`).join(", ") || "diam";
  if ("bot" in line && !has(line.bot)) return `Tidak ada "${line.bot}" dalam jawaban: ${shown}.`;
  if ("bot_tidak" in line && has(line.bot_tidak)) return `Ada "${line.bot_tidak}" dalam jawaban: ${shown}.`;
  return undefined;
}

function missing(line: ConversationLine): string {
  if ("tekan" in line) return `Tidak ada tombol "${line.tekan}" di bawah jawaban terakhir.`;
  if ("tekan_lama" in line) return `Tidak ada tombol "${line.tekan_lama}" di pesan yang lebih lama.`;
  return "Belum ada laporan yang bisa diubah keadaannya.";
}

/** Undefined when it cannot happen: no such button, no such ticket. */
async function play(line: ConversationLine, talk: Conversation, index: number): Promise<Reply[] | undefined> {
  const sent = (attachments: Attachment[], text?: string): EventBody => ({
    kind: "message",
    mid: `uji${index}`,
    text,
    attachments,
  });
  if ("warga" in line) return talk.happens(sent([], line.warga));
  if ("diam" in line) {
    const [count = "0", unit = "menit"] = line.diam.split(" ");
    return talk.passes(Number(count) * (UNITS[unit] ?? 0));
  }
  if ("foto" in line)
    return talk.happens(
      sent(
        Array.from({ length: Number(line.foto) }, (_, n) => ({
          kind: "image" as const,
          url: `https://scontent.fbcdn.net/uji-${index}-${n}.jpg`,
        })),
      ),
    );
  if ("lokasi" in line) {
    const [latitude, longitude] = line.lokasi.split(",").map(Number);
    return talk.happens(sent([{ kind: "location", latitude, longitude }]));
  }
  if ("kirim" in line)
    return talk.happens(
      sent([{ kind: ({ suara: "audio", stiker: "sticker", berkas: "file" } as const)[line.kirim] }]),
    );
  if ("tiket" in line) return moveTicket(line.tiket, talk);
  if ("bot" in line || "bot_tidak" in line) return [];
  return tapButton(line, talk, index);
}

async function tapButton(
  line: { tekan: string } | { tekan_lama: string },
  talk: Conversation,
  index: number,
): Promise<Reply[] | undefined> {
  const title = "tekan" in line ? line.tekan : line.tekan_lama;
  const spoken = talk.heard().filter((replies) => replies.length > 0);
  const places = "tekan" in line ? spoken.slice(-1) : spoken.slice(0, -1).reverse();
  const choice = places
    .flatMap((replies) => replies.flatMap((reply): Choice[] => reply.choices ?? []))
    .find((each) => each.title === title);
  return choice === undefined
    ? undefined
    : talk.happens({
        kind: "message",
        mid: `uji${index}`,
        text: title,
        choice: choice.payload,
        attachments: [],
      });
}

/** Staff move the ticket that was filed last; the citizen hears of it. */
async function moveTicket(
  to: Extract<ConversationLine, { tiket: string }>["tiket"],
  talk: Conversation,
): Promise<Reply[] | undefined> {
  const ticket = talk.tickets.all()[0];
  if (ticket === undefined) return undefined;
  return talk.happens({
    kind: "ticket",
    ticket: ticket.id,
    by: "uji",
    work: { action: "move", move: moveOf(to, ticket.agency) },
  });
}

function moveOf(to: Extract<ConversationLine, { tiket: string }>["tiket"], agency: string): TicketMove {
  switch (STATES[to]) {
    case "forwarded":
      return { to: "forwarded", agency };
    case "scheduled":
      return { to: "scheduled", day: "2027-01-04" };
    case "working":
      return { to: "working" };
    case "needs-info":
      return { to: "needs-info", what: "patokan yang lebih jelas" };
    case "done":
      return { to: "done", note: "Sudah diperbaiki.", photos: [], withoutPhoto: "uji" };
    case "impossible":
      return { to: "impossible", reason: "menunggu anggaran" };
  }
}
