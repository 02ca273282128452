/** What is known of citizens and their conversations. */
import type { Citizen } from "../../vocabulary/citizen.js";
import type { Escalation } from "../../vocabulary/escalation.js";
import type { EventBody } from "../../vocabulary/event.js";
import { heardLine } from "../lines.js";
import type { HistoryLine, Store } from "../port.js";
import type { Database, Row } from "./driver.js";
import { text } from "./inbox.js";
import { replyFrom } from "./outbox.js";

type Conversations = Pick<Store, "citizen" | "openEscalations" | "escalation" | "history" | "recentTexts">;

/** The reading part of the store. Its rows are written by commitTurn and accept only. */
export function conversations(database: Database): Conversations {
  const citizen = database.prepare("SELECT state FROM citizens WHERE id = ?");
  const open = database.prepare("SELECT body FROM escalations WHERE state <> 'closed' ORDER BY opened_at");
  const one = database.prepare("SELECT body FROM escalations WHERE id = ?");
  const heard = database.prepare(
    "SELECT at, kind, body FROM inbox WHERE citizen = ? AND kind IN ('message', 'postback', 'edit', 'echo') ORDER BY at DESC, sequence DESC LIMIT ?",
  );
  const said = database.prepare(
    "SELECT created_at, speaker, reply, state FROM outbox WHERE citizen = ? ORDER BY sequence DESC LIMIT ?",
  );
  const recent = database.prepare(
    "SELECT citizen, body, received_at FROM inbox WHERE kind = 'message' AND received_at >= ? AND citizen IS NOT NULL ORDER BY received_at DESC LIMIT ?",
  );
  return {
    citizen: (id) => {
      const row = citizen.get(id);
      return Promise.resolve(row === undefined ? undefined : (JSON.parse(text(row.state)) as Citizen));
    },
    openEscalations: () => Promise.resolve(open.all().map(escalationFrom)),
    escalation: (id) => {
      const row = one.get(id);
      return Promise.resolve(row === undefined ? undefined : escalationFrom(row));
    },
    history: (id, limit) =>
      Promise.resolve(
        [
          ...heard.all(id, limit).flatMap((row) => heardLine(Number(row.at), bodyFrom(row))),
          ...said.all(id, limit).reverse().map(saidLine),
        ]
          .sort((a, b) => a.at - b.at)
          .slice(-limit),
      ),
    recentTexts: (since, limit) =>
      Promise.resolve(
        recent
          .all(since, limit)
          .reverse()
          .flatMap((row) => {
            const body = bodyFrom(row);
            return body.kind === "message" && body.text !== undefined
              ? [{ citizen: text(row.citizen), text: body.text, at: Number(row.received_at) }]
              : [];
          }),
      ),
  };
}

function escalationFrom(row: Row): Escalation {
  return JSON.parse(text(row.body)) as Escalation;
}

function bodyFrom(row: Row): EventBody {
  return JSON.parse(text(row.body)) as EventBody;
}

function saidLine(row: Row): HistoryLine {
  const delivery = row.state === "sent" ? "sent" : row.state === "parked" ? "parked" : "waiting";
  return {
    at: Number(row.created_at),
    from: row.speaker === "person" ? "person" : "bot",
    text: replyFrom(row).text,
    delivery,
  };
}
