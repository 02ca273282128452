/** "Hari sibuk": 1,200 conversations, nine of which need a person, as a store would hold them in the middle of a busy day. */
import { listingOf } from "../../src/escalation/listing";
import type { Store } from "../../src/storage/port";
import { newCitizen, type Citizen } from "../../src/vocabulary/citizen";
import type { Escalation } from "../../src/vocabulary/escalation";
import type { InboundEvent } from "../../src/vocabulary/event";
import type { FoldReason } from "../../src/vocabulary/staff-act";
import type { Ticket } from "../../src/vocabulary/ticket";
import { aMessage, aTicket, aTurn } from "../support/tickets";
import type { Turn, Why } from "../../src/vocabulary/turn";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PAGE = "100000000000001";

/** Numbers of the fixture. */
export const BUSY = { all: 1200, needs: 9, folded: 87, agency: 6, citizen: 4, bot: 112 } as const;

/** A NIK that stands in one of the conversations. */
export const NIK = "3578014107900004";
export const PHONE = "081234567890";

/** Whose window closes in 1 hour and 48 minutes. */
export const HURRY = "7100000000004471";
export const FLOODED = "7100000000000001";
export const WITH_NIK = "7100000000000003";

/** Thirty ways of being more than text. */
export const PAYLOADS: readonly string[] = [
  "<script>document.title='XSS'</script>",
  "<img src=x onerror=\"document.title='XSS'\">",
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<iframe src=javascript:alert(1)>",
  "<body onload=alert(1)>",
  '<a href="javascript:alert(1)">klik</a>',
  "javascript:alert(1)",
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  "</textarea><script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  "</style><script>alert(1)</script>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<input autofocus onfocus=alert(1)>",
  "<video><source onerror=alert(1)>",
  "<object data=javascript:alert(1)>",
  "<embed src=javascript:alert(1)>",
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  "<base href=//evil.example/>",
  "<link rel=stylesheet href=//evil.example/x.css>",
  "<style>@import'//evil.example'</style>",
  "{{constructor.constructor('alert(1)')()}}",
  "${alert(1)}",
  "<!--><script>alert(1)</script-->",
  "<ScRiPt>alert(1)</sCrIpT>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "\u202Egnp.exe.1\u202C <b onmouseover=alert(1)>tes</b>",
  "<form action=//evil.example><button>kirim</button></form>",
];

interface Person {
  id: string;
  text: string;
  wroteAgo: number;
  escalation?: Partial<Escalation> & Pick<Escalation, "reason">;
  folded?: FoldReason;
  why?: Why;
  reply?: string;
}

/** The nine who wait for a person. */
const WAITING: Person[] = [
  {
    id: FLOODED,
    text: "Pak tolong banjir udah masuk rumah, ibu saya ga bisa jalan",
    wroteAgo: 4 * MINUTE,
    escalation: { reason: "urgent", priority: "P0", words: ["banjir", "ga bisa jalan"] },
    why: {
      outcome: "urgent",
      intent: "banjir",
      wording: 1,
      confidence: 1,
      words: ["banjir", "ga bisa jalan"],
      runnerUp: { intent: "sampah", confidence: 0.1 },
      reasons: ["menyebut keadaan bahaya"],
    },
    reply: "112 — telepon sekarang kalau air naik atau ada yang terjebak.",
  },
  {
    id: HURRY,
    text: "jadi gimana kelanjutan laporan sy",
    wroteAgo: 22 * HOUR + 12 * MINUTE,
    escalation: { reason: "not-understood" },
  },
  {
    id: WITH_NIK,
    text: `jalan mawar berlubang. nik saya ${NIK} hp ${PHONE} surel budi@contoh.example`,
    wroteAgo: 12 * MINUTE,
    escalation: { reason: "report" },
    why: {
      outcome: "answer",
      intent: "jalan-rusak",
      wording: 1,
      confidence: 0.9,
      words: ["jalan", "berlubang"],
      runnerUp: { intent: "sampah", confidence: 0.05 },
      reasons: ['cocok dengan topik "Jalan rusak"'],
    },
    reply: "Terima kasih sudah melapor. Nama jalan dan patokannya sudah kami catat.",
  },
  {
    id: "7100000000000004",
    text: "mau bicara sama orangnya langsung",
    wroteAgo: 18 * MINUTE,
    escalation: { reason: "asked" },
  },
  {
    id: "7100000000000005",
    text: "ga ngerti maksudnya kak",
    wroteAgo: 41 * MINUTE,
    escalation: { reason: "patience" },
  },
  {
    id: "7100000000000006",
    text: "lampu jalan mati depan SD 04 udah 2 minggu",
    wroteAgo: 55 * MINUTE,
    escalation: { reason: "report" },
  },
  {
    id: "7100000000000007",
    text: "syarat balik nama sppt gmn",
    wroteAgo: HOUR,
    escalation: { reason: "not-understood" },
  },
  { id: "7100000000000008", text: "[foto]", wroteAgo: 2 * HOUR, escalation: { reason: "attachment" } },
  {
    id: "7100000000000009",
    text: "ktp ilang pas mudik",
    wroteAgo: 3 * HOUR,
    escalation: { reason: "not-understood" },
  },
];

const FOLDED: [FoldReason, number][] = [
  ["copies", 14],
  ["spam", 40],
  ["insult", 33],
];

/** Fills a store with the busy day. `now`: the middle of it. */
export async function fillBusyDay(store: Store, now: number): Promise<void> {
  const people = [...WAITING, ...others()];
  await Promise.all(people.map((person) => keep(store, person, now)));
  for (const ticket of TICKETS) await file(store, ticket, now);
}

/** Six tickets: the first one is overdue, the second carries something hostile. */
export const TICKETS: readonly Partial<Ticket>[] = [
  { id: "t1", contactBy: "2026-01-05", agency: "dpu", state: "forwarded" },
  { id: "t2", summary: PAYLOADS[1], place: { words: `${PAYLOADS[0] ?? ""} hp ${PHONE}` } },
  { id: "t3", state: "working" },
  { id: "t4", state: "done" },
  { id: "t5", state: "needs-info" },
  { id: "t6", agency: "disdukcapil" },
];

async function file(store: Store, change: Partial<Ticket>, now: number): Promise<void> {
  const event = aMessage(`m_ticket_${change.id ?? ""}`, WITH_NIK);
  const at = now - HOUR;
  const ticket = aTicket(change.id ?? "", {
    contactBy: "2099-01-05",
    reporters: [{ citizen: WITH_NIK, at }],
    createdAt: at,
    updatedAt: at,
    history: [{ at, what: "filed", to: "received" }],
    ...change,
  });
  const citizen = (await store.citizen(WITH_NIK)) ?? newCitizen(WITH_NIK);
  await store.accept([{ ...event, at, body: { kind: "alarm", name: "dialogue" }, citizen: WITH_NIK }], at);
  await store.commitTurn(
    event.id,
    aTurn(WITH_NIK, { citizen, tickets: [{ kind: "file", ticket, prefix: "JLN" }] }),
    at,
  );
}

function others(): Person[] {
  const people: Person[] = [];
  const add = (count: number, make: (n: number) => Omit<Person, "id">): void => {
    for (let n = 0; n < count; n += 1)
      people.push({ id: String(7_200_000_000_000_000 + people.length), ...make(n) });
  };
  for (const [reason, count] of FOLDED)
    add(count, (n) => ({
      text: `${PAYLOADS[n % PAYLOADS.length] ?? ""} ${n}`,
      wroteAgo: HOUR + n * MINUTE,
      folded: reason,
    }));
  add(BUSY.agency, (n) => ({
    text: `laporan ${n} sudah diteruskan belum`,
    wroteAgo: 3 * HOUR,
    escalation: { reason: "report", state: "taken", waitsFor: "agency", agency: "dpu" },
  }));
  add(BUSY.citizen, (n) => ({
    text: `terima kasih infonya ${n}`,
    wroteAgo: 2 * HOUR,
    escalation: { reason: "asked", state: "taken", waitsFor: "citizen" },
  }));
  add(BUSY.bot, (n) => ({
    text: `jam buka disdukcapil ${n}`,
    wroteAgo: n * 10 * MINUTE,
    reply: "Buka 08.00.",
  }));
  add(BUSY.all - people.length - WAITING.length, (n) => ({
    text: `pertanyaan lama ${n}`,
    wroteAgo: 30 * HOUR + n * MINUTE,
    reply: "Sudah kami jawab.",
  }));
  return people;
}

async function keep(store: Store, person: Person, now: number): Promise<void> {
  const at = now - person.wroteAgo;
  const event: InboundEvent = {
    id: `m_${person.id}`,
    channel: "messaging",
    page: PAGE,
    citizen: person.id,
    at,
    body: { kind: "message", mid: `m_${person.id}`, text: person.text, attachments: [] },
  };
  await store.accept([event], at);
  await store.commitTurn(event.id, turnOf(person, at), at);
  if (person.reply !== undefined) await store.confirmSent(`${event.id}#0`, `sent-${person.id}`, at);
}

function turnOf(person: Person, at: number): Turn {
  const escalation = escalationOf(person, at);
  const citizen: Citizen = {
    ...newCitizen(person.id),
    firstWroteAt: at,
    lastWroteAt: at,
    ...(escalation === undefined ? {} : { escalation: escalation.id }),
    desk: {
      excerpt: person.text.replace(NIK, "[NIK]").replace(PHONE, "[TELEPON]"),
      ...(person.folded === undefined ? {} : { folded: { reason: person.folded, details: ["contoh"] } }),
    },
  };
  return {
    replies: person.reply === undefined ? [] : [{ kind: "text", text: person.reply }],
    speaker: "bot",
    signs: [],
    citizen,
    ...(escalation === undefined ? {} : { escalation }),
    alarms: [],
    why: person.why ?? { outcome: "note", reasons: [] },
    listing: listingOf(citizen, escalation, at),
  };
}

function escalationOf({ id, escalation, text }: Person, at: number): Escalation | undefined {
  if (escalation === undefined) return undefined;
  return {
    id: `e${id.slice(-12)}`,
    citizen: id,
    state: "waiting",
    priority: "P2",
    words: [],
    summary: text.replace(NIK, "[NIK]").replace(PHONE, "[TELEPON]"),
    openedAt: at,
    lastWroteAt: at,
    updatedAt: at,
    waitsFor: "staff",
    waitingSince: at,
    ...escalation,
  };
}
