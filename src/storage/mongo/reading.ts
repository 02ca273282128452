/** What is known of citizens and their conversations. */
import type { Escalation } from "../../vocabulary/escalation.js";
import type { Reply } from "../../vocabulary/reply.js";
import { heardLine, LINE_KINDS } from "../lines.js";
import type { HistoryLine, Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { EndedPart, EscalationDocument, SaidDocument, UnsentPart } from "./documents.js";
import { bodyFrom } from "./events.js";
import { citizenFrom } from "./held-lanes.js";

type Reading = Pick<Store, "citizen" | "openEscalations" | "escalation" | "history" | "recentTexts">;

export function readingOf({ citizens, escalations, events, said }: Tables): Reading {
  return {
    citizen: async (id) => citizenFrom(await citizens.get(id)),
    openEscalations: async () =>
      (await escalations.find({ open: { $gt: 0 } }, { sort: { open: 1 } })).map(escalationFrom),
    escalation: async (id) => {
      const row = await escalations.get(id);
      return row === undefined ? undefined : escalationFrom(row);
    },
    async history(citizen, limit) {
      const [heard, ended, document] = await Promise.all([
        events.find({ citizen, kind: { $in: LINE_KINDS } }, { sort: { at: -1, order: -1 }, limit }),
        said.find({ citizen }, { sort: { sequence: -1 }, limit }),
        citizens.get(citizen),
      ]);
      const waiting = document?.unsent ?? [];
      const others = (document?.ended ?? []).filter(({ key }) => !ended.some(({ _id }) => _id === key));
      return [
        ...heard.reverse().flatMap((row) => heardLine(row.at, bodyFrom(row))),
        ...[...ended, ...others, ...waiting].sort((a, b) => a.sequence - b.sequence).map(saidLine),
      ]
        .sort((a, b) => a.at - b.at)
        .slice(-limit);
    },
    recentTexts: async (since, limit) =>
      (await events.find({ order: { $gte: since * 1000 }, kind: "message" }, { sort: { order: -1 }, limit }))
        .reverse()
        .flatMap((row) => {
          const body = bodyFrom(row);
          return body.kind === "message" && body.text !== undefined && row.citizen !== undefined
            ? [{ citizen: row.citizen, text: body.text, at: row.receivedAt }]
            : [];
        }),
  };
}

function escalationFrom(row: EscalationDocument): Escalation {
  return JSON.parse(row.body) as Escalation;
}

function saidLine(part: UnsentPart | EndedPart | SaidDocument): HistoryLine {
  const { text } = JSON.parse(part.reply) as Reply;
  return { at: part.createdAt, from: part.speaker, text, delivery: "state" in part ? part.state : "waiting" };
}
