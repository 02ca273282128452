/** A conversation that waits for a person, for tests that need no more of a day than that. */
import { listingOf } from "../../src/escalation/listing";
import type { Store } from "../../src/storage/port";
import { newCitizen } from "../../src/vocabulary/citizen";
import type { Escalation } from "../../src/vocabulary/escalation";
import type { Listing } from "../../src/vocabulary/listing";
import { NIK, PAYLOADS, PHONE } from "./busy-day";

/** Writes it into the store as a turn would. */
export async function keep(
  store: Store,
  citizen: string,
  { at, wroteAt = at, ...more }: { at: number; wroteAt?: number } & Partial<Escalation>,
): Promise<Listing> {
  const escalation: Escalation = {
    id: `e${citizen}`,
    citizen,
    state: "waiting",
    reason: "asked",
    priority: "P2",
    words: [],
    summary: "",
    openedAt: at,
    lastWroteAt: wroteAt,
    updatedAt: at,
    waitsFor: "staff",
    waitingSince: at,
    ...more,
  };
  const id = `m_${citizen}_${at}_${more.holder?.id ?? ""}`;
  const excerpt = `${PAYLOADS[0] ?? ""} nik ${NIK} hp ${PHONE} ${"kata ".repeat(40)}`;
  const state = {
    ...((await store.citizen(citizen)) ?? newCitizen(citizen)),
    lastWroteAt: wroteAt,
    escalation: escalation.id,
    desk: { excerpt },
  };
  const listing = listingOf(state, escalation, at);
  const body = { kind: "message" as const, mid: id, text: "halo", attachments: [] };
  await store.accept([{ id, channel: "messaging", page: "p", citizen, at, body }], at);
  await store.commitTurn(
    id,
    {
      replies: [],
      speaker: "bot",
      signs: [],
      citizen: state,
      escalation,
      alarms: [],
      why: { outcome: "note", reasons: [] },
      listing,
    },
    at,
  );
  return listing;
}
