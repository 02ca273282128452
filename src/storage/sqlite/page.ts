/** The state of the page as a whole, and of the store itself. */
import type { SendingStop } from "../../vocabulary/delivery.js";
import type { Store } from "../port.js";
import type { Database, Row } from "./driver.js";
import { asStoreFailed, type GroupCommit } from "./group-commit.js";
import { text } from "./inbox.js";

type Page = Pick<Store, "sendingStop" | "setSendingStop" | "counts" | "check">;

/**
 * What checks write: more than an ordinary delivery needs, so that a disk with room for the check has room for one. One after
 * the other, because SQLite writes nothing where the same stands already, and then a full disk would look fine.
 */
const ROOMS = ["x".repeat(64 * 1024), "y".repeat(64 * 1024)] as const;

/** The part of the store that says how things stand. */
export function pageOf(database: Database, group: GroupCommit): Page {
  const read = database.prepare("SELECT body FROM page_state WHERE name = ?");
  const write = database.prepare(
    "INSERT INTO page_state (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
  );
  const remove = database.prepare("DELETE FROM page_state WHERE name = ?");
  const inbox = database.prepare(
    "SELECT count(*) AS n, min(received_at) AS oldest FROM inbox WHERE state = 'waiting'",
  );
  const last = database.prepare("SELECT received_at FROM inbox ORDER BY sequence DESC LIMIT 1");
  const delay = database.prepare(
    "SELECT min(received_at - at) AS least FROM (SELECT received_at, at FROM inbox WHERE channel <> 'inside' ORDER BY sequence DESC LIMIT 100)",
  );
  const count = (table: string, condition: string) =>
    database.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${condition}`);
  const waiting = count("outbox", "state = 'waiting'");
  const parked = count("outbox", "state = 'parked'");
  const open = count("escalations", "state <> 'closed'");
  const tickets = count("tickets", "state NOT IN ('draft', 'not-city', 'joined', 'done', 'impossible')");
  return {
    sendingStop: () => {
      const row = read.get("sending-stop");
      return Promise.resolve(row === undefined ? undefined : (JSON.parse(text(row.body)) as SendingStop));
    },
    setSendingStop: (stop) =>
      group.write(() => {
        if (stop === undefined) remove.run("sending-stop");
        else write.run("sending-stop", JSON.stringify(stop));
      }),
    counts: () => {
      const row = inbox.get();
      const least = delay.get()?.least;
      return Promise.resolve({
        inboxWaiting: numberOf(row),
        oldestWaitingAt: typeof row?.oldest === "number" ? row.oldest : undefined,
        lastEventAt: Number(last.get()?.received_at ?? 0) || undefined,
        leastDelayMs: typeof least === "number" ? least : undefined,
        outboxWaiting: numberOf(waiting.get()),
        parked: numberOf(parked.get()),
        openEscalations: numberOf(open.get()),
        openTickets: numberOf(tickets.get()),
      });
    },
    async check() {
      await group.write(() =>
        write.run("checked", read.get("checked")?.body === ROOMS[0] ? ROOMS[1] : ROOMS[0]),
      );
      if (read.get("checked") === undefined) throw asStoreFailed(undefined);
    },
  };
}

function numberOf(row: Row | undefined): number {
  return Number(row?.n ?? 0);
}
