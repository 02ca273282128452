/** Where a report stands: found by its number, or by who asks; and "it is not done at all". */
import { findNumber } from "../tickets/identity.js";
import { citizenNumber, DISPUTE_DAYS, mayMove, type Ticket } from "../vocabulary/ticket.js";
import { ask, Left, orLeave } from "./ask.js";
import type { Setting } from "./setting.js";
import { statusValues } from "./status-words.js";
import type { Dialogue, Heard, Talk } from "./talk.js";
import { chosen, COMMANDS, isOneOf } from "./words.js";

export const STATUS_REPORT = "status-laporan";

/** The words that asked, shortened; kept until the report is found. */
interface Start {
  words: string;
}

const MOST_SHOWN = 6;
const DAY_MS = 24 * 60 * 60 * 1000;

export const statusStart = (heard: Heard): Start => ({ words: heard.text.slice(0, 200) });

/** The dialogue in this turn's setting. */
export function statusReport(setting: Setting): Dialogue {
  return {
    intent: STATUS_REPORT,
    version: "1",
    // Only this file writes what is kept under its name.
    run: (talk, start) => goOn(talk, setting, start as Start),
  };
}

async function goOn(talk: Talk, setting: Setting, start: Start): Promise<void> {
  const leaving = {
    summary: () => start.words,
    again: (): never => talk.startAgain({ words: "" } satisfies Start),
  };
  await orLeave(talk, setting, leaving, async () => {
    const id = (await findByNumber(talk, setting, start.words)) ?? (await findByCitizen(talk, setting));
    await tell(talk, setting, id);
  });
}

/** The ticket whose number stands in the words, if the code is right or the citizen is one of its reporters. */
async function findByNumber(talk: Talk, setting: Setting, words: string): Promise<string | undefined> {
  const id = await talk.once("menurut-nomor", async () => (await lookUp(setting, words)) ?? null);
  return id ?? undefined;
}

async function lookUp(setting: Setting, words: string): Promise<string | undefined> {
  const written = findNumber(words, setting.prefixes);
  if (written === undefined) return undefined;
  const ticket = await setting.tickets.ticketByNumber(written.number);
  if (ticket === undefined) return undefined;
  const isTheirs = ticket.reporters.some(({ citizen }) => citizen === setting.citizen);
  return isTheirs || ticket.checkCode === written.code ? ticket.id : undefined;
}

async function findByCitizen(talk: Talk, setting: Setting): Promise<string> {
  const { records, prefixes } = setting;
  const theirs = await talk.once("menurut-warga", async () =>
    (await setting.tickets.ticketsOf(setting.citizen, MOST_SHOWN))
      .filter(({ state }) => state !== "draft")
      .map(({ id, number = "" }) => ({ id, number })),
  );
  const first = theirs[0];
  if (first !== undefined && theirs.length === 1) return first.id;
  const choices = theirs.map(({ id, number }) => ({ title: number, value: id }));
  const isKnown = theirs.length > 0;
  const wordings = isKnown ? records.report.status_mana : records.report.status_tidak_ada;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const answer = await ask<{ id?: string; words?: string } | "lost">(talk, setting, {
      name: `laporan-mana-${attempt}`,
      wordings: attempt === 0 ? wordings : records.report.status_nomor_salah.slice(attempt - 1),
      choices: [...choices, { title: records.dialogue.tombol.petugas, value: COMMANDS.person }],
      mayLeave: true,
      read: (heard) => {
        const id = chosen(heard, choices);
        if (id !== undefined) return { id };
        if (isOneOf(heard.text, records.report.kata_tanpa_nomor, records.words)) return "lost";
        return findNumber(heard.text, prefixes) === undefined
          ? undefined
          : { words: heard.text.slice(0, 100) };
      },
    });
    if (answer === "lost") break;
    const id =
      answer.id ??
      (await talk.once(`dicari-${attempt}`, async () => (await lookUp(setting, answer.words ?? "")) ?? null));
    if (id !== null) return id;
  }
  throw new Left("patience");
}

/** Says where it stands, and hears when something is not done although it is called so. */
async function tell(talk: Talk, setting: Setting, id: string): Promise<void> {
  const { report } = setting.records;
  const ticket = await talk.once("laporan", async () => {
    const found = await setting.tickets.ticket(id);
    return found === undefined
      ? null
      : {
          values: statusValues(found, setting),
          number: citizenNumber(found),
          agency: setting.records.agencies[found.agency]?.singkatan ?? found.agency,
          isDisputable: isDisputable(found, setting.now),
        };
  });
  if (ticket === null) throw new Left("patience");
  const { belum_beres, lain } = report.tombol_status;
  const choices = [
    ...(ticket.isDisputable ? [{ title: belum_beres, value: "belum" }] : []),
    { title: lain, value: "lain" },
    { title: setting.records.dialogue.tombol.petugas, value: COMMANDS.person },
  ];
  talk.act({ kind: "about-ticket", ticket: id });
  const answer = await ask<string>(talk, setting, {
    name: "keadaan",
    wordings: report.status.slice(0, 1),
    values: ticket.values,
    choices,
    mayLeave: true,
    read: (heard) => chosen(heard, choices),
  });
  if (answer === "lain") throw new Left("elsewhere", { intent: "lapor-umum", text: "" });
  const { now } = setting;
  talk.act({
    kind: "ticket",
    pictures: [],
    change: { kind: "move", id, to: "reopened", entry: { at: now, what: "disputed", to: "reopened" } },
  });
  talk.say({
    key: "dibantah",
    wordings: report.dibantah,
    values: { nomor: ticket.number, dinas: ticket.agency },
  });
}

const isDisputable = (ticket: Ticket, now: number): boolean =>
  mayMove(ticket.state, "reopened") && now - ticket.updatedAt <= DISPUTE_DAYS * DAY_MS;
