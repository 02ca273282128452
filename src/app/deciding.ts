/** Decides turns for the lanes: gathers what a decision may look at, and hands it to `handleTurn`. */
import { cityDay } from "../answers/city-day.js";
import type { Library } from "../intents/library.js";
import type { Store } from "../storage/port.js";
import { maskPersonal } from "../triage/mask.js";
import { Draft, type Situation } from "../turns/draft.js";
import { handleTurn } from "../turns/handle-turn.js";
import type { Understander } from "../turns/understand.js";
import type { Citizen } from "../vocabulary/citizen.js";
import type { InboundEvent } from "../vocabulary/event.js";
import type { Turn } from "../vocabulary/turn.js";

/** The library in use and what was learnt from it; replaced as a whole. */
export interface Mind {
  library: Library;
  understand: Understander["understand"];
}

export interface DecidingParts {
  store: Store;
  mind: () => Mind;
  zone: string;
  appId: string;
  gatherMs: number;
  botReturnsMs: number;
  claimMs: number;
  hasHumanAgent: boolean;
  now: () => number;
}

export interface Deciding {
  decide(event: InboundEvent, citizen: Citizen): Promise<Turn>;
  /** The turn for an event about which no decision was possible: one honest sentence, and a person. */
  giveUp(event: InboundEvent, citizen: Citizen): Promise<Turn>;
}

/** Copies are looked for among this many texts of the last hour. */
const RECENT_TEXTS = 200;
const RECENT_MS = 60 * 60 * 1000;

/** Decisions of one server. It remembers the texts of the last hour, to see copies. */
export function createDeciding(
  parts: DecidingParts,
  earlier: { citizen: string; text: string; at: number }[],
): Deciding {
  const recent = earlier.slice(-RECENT_TEXTS);
  const situationOf = async (citizen: Citizen): Promise<Situation> => {
    const now = parts.now();
    const { library, understand } = parts.mind();
    while (recent[0] !== undefined && (recent.length > RECENT_TEXTS || now - recent[0].at > RECENT_MS))
      recent.shift();
    const escalation =
      citizen.escalation === undefined ? undefined : await parts.store.escalation(citizen.escalation);
    return {
      library,
      understand,
      escalation: escalation?.state === "closed" ? undefined : escalation,
      recent: recent.filter((each) => each.citizen !== citizen.id),
      zone: parts.zone,
      now,
      appId: parts.appId,
      gatherMs: parts.gatherMs,
      botReturnsMs: parts.botReturnsMs,
      claimMs: parts.claimMs,
      hasHumanAgent: parts.hasHumanAgent,
      tickets: parts.store,
    };
  };
  return {
    async decide(event, citizen) {
      const situation = await situationOf(citizen);
      if (event.body.kind === "message" && event.body.text !== undefined)
        recent.push({ citizen: citizen.id, text: event.body.text.slice(0, 1000), at: situation.now });
      const turn = await handleTurn(event, citizen, situation);
      if (turn.erase !== undefined)
        recent.splice(0, recent.length, ...recent.filter((each) => each.citizen !== citizen.id));
      return turn;
    },
    async giveUp(event, citizen) {
      const situation = await situationOf(citizen);
      const draft = new Draft(event, citizen, situation);
      draft.why = { outcome: "escalate", reasons: ["program gagal memutuskan tiga kali"] };
      draft.citizen.gathering = undefined;
      draft.citizen.lastWroteAt ??= event.at;
      const text = event.body.kind === "message" ? event.body.text : undefined;
      draft.escalate({
        reason: "failure",
        priority: "P1",
        summary: maskPersonal(text ?? cityDay(event.at, situation.zone)),
      });
      draft.sayCommon("gangguan");
      return draft.finish();
    },
  };
}
