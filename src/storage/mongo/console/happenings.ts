/** A conversation in full: what happened, what was said, and how it was decided. */
import type { Reply } from "../../../vocabulary/reply.js";
import type { Why } from "../../../vocabulary/turn.js";
import type { ConsoleStore, Said } from "../../console-port.js";
import type { Tables } from "../connect.js";
import type { EndedPart, EventDocument, SaidDocument, UnsentPart } from "../documents.js";
import { bodyFrom, eventFrom } from "../events.js";

type Happenings = Pick<
  ConsoleStore,
  "happenings" | "said" | "receipts" | "event" | "whyOf" | "draft" | "saveDraft"
>;

/** Receipts looked at: the latest one says it all, unless they come out of order. */
const RECEIPTS = 50;

/** Reads conversations and keeps drafts. */
export function happeningsOf({ events, said, citizens, drafts }: Tables): Happenings {
  return {
    happenings: async (citizen, before, limit) =>
      (
        await events.find(
          { citizen, at: { $lt: before }, kind: { $nin: ["read", "delivery"] } },
          { sort: { at: -1, order: -1 }, limit },
        )
      )
        .reverse()
        .map((row) => ({ event: eventFrom(row), why: whyFrom(row) })),
    async said(citizen, before, limit) {
      const [ended, document] = await Promise.all([
        said.find({ citizen, createdAt: { $lt: before } }, { sort: { sequence: -1 }, limit }),
        citizens.get(citizen),
      ]);
      const known = new Set(ended.map(({ _id }) => _id));
      const others = [...(document?.ended ?? []), ...(document?.unsent ?? [])].filter(
        ({ key, createdAt }) => createdAt < before && !known.has(key),
      );
      return [
        ...ended.map((row) => saidFrom(row._id, row)),
        ...others.map((part) => saidFrom(part.key, part)),
      ]
        .sort((a, b) => a.sequence - b.sequence)
        .slice(-limit)
        .map(({ line }) => line);
    },
    async receipts(citizen) {
      const latest = async (kind: "read" | "delivery"): Promise<number> =>
        (await events.find({ citizen, kind }, { sort: { at: -1 }, limit: RECEIPTS }))
          .map(bodyFrom)
          .reduce((most, body) => ("until" in body ? Math.max(most, body.until) : most), 0);
      const [readUntil, delivered] = await Promise.all([latest("read"), latest("delivery")]);
      return { readUntil, deliveredUntil: Math.max(readUntil, delivered) };
    },
    event: async (id) => {
      const row = await events.get(id);
      return row === undefined ? undefined : eventFrom(row);
    },
    whyOf: async (id) => {
      const row = await events.get(id);
      return row === undefined ? undefined : whyFrom(row);
    },
    draft: async (citizen, staff) => (await drafts.get(draftId(citizen, staff)))?.body ?? "",
    async saveDraft(citizen, staff, body, now) {
      const _id = draftId(citizen, staff);
      if (body === "") await drafts.remove({ _id });
      else await drafts.put({ _id }, { $set: { citizen, body, keptAt: now } });
    },
  };
}

const draftId = (citizen: string, staff: string): string => `${citizen} ${staff}`;

function whyFrom({ outcome, intent, why }: EventDocument): Why | undefined {
  if (outcome === undefined || why === undefined) return undefined;
  return {
    ...(JSON.parse(why) as Omit<Why, "outcome" | "intent">),
    // Only turns write this field.
    outcome: outcome as Why["outcome"],
    ...(intent === undefined ? {} : { intent }),
  };
}

function saidFrom(
  key: string,
  part: UnsentPart | EndedPart | SaidDocument,
): { sequence: number; line: Said } {
  const { sequence, createdAt, speaker, reply, attempts, reason } = part;
  const line: Said = {
    key,
    at: createdAt,
    speaker,
    reply: JSON.parse(reply) as Reply,
    state: "state" in part ? part.state : "waiting",
    attempts,
    ...(reason === undefined ? {} : { reason }),
    ...("endedAt" in part ? { endedAt: part.endedAt } : {}),
  };
  return { sequence, line };
}
