/** Everything a store does for one message, with nothing understood and nothing sent. */
import type { Store } from "../../src/storage/port.js";
import { newCitizen } from "../../src/vocabulary/citizen.js";
import type { InboundEvent } from "../../src/vocabulary/event.js";

const DAY = 24 * 60 * 60 * 1000;

export function messageOf(id: string, citizen: string, at: number): InboundEvent {
  const body = { kind: "message" as const, mid: id, text: "ktp saya hilang", attachments: [] };
  return { id, channel: "messaging", page: "1", citizen, at, body };
}

/** From the arrival of a message to the note that its answer was sent. */
export async function oneTurn(store: Store, id: string, citizen: string, now: number): Promise<void> {
  await store.accept([messageOf(id, citizen, now)], now);
  const known =
    store.shared === undefined
      ? ((await store.citizen(citizen)) ?? newCitizen(citizen))
      : (await store.shared.take(citizen))?.citizen;
  if (known === undefined) throw new Error("The lane is another's.");
  await store.similarTickets({ kind: "jalan-rusak", since: now - 30 * DAY, street: "jl. mawar" }, 5);
  const items = await store.commitTurn(
    id,
    {
      replies: [{ kind: "text", text: "Turut prihatin. Diurus di Dukcapil." }],
      speaker: "bot",
      signs: [],
      citizen: { ...known, lastWroteAt: now },
      alarms: [{ name: "bot-returns", at: now + DAY }],
      why: { outcome: "answer", intent: "ktp-hilang", reasons: ["contoh"] },
      listing: {
        citizen,
        place: "bot",
        isUrgent: false,
        windowEndsAt: now + DAY,
        waitingSince: now,
        lastAt: now,
        excerpt: "ktp saya hilang",
      },
    },
    now,
  );
  for (const { key } of items) await store.noteDelivery(key, { kind: "sent", mid: `${key}r` }, 0, now);
  await store.shared?.leave(citizen);
}
