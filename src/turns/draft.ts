/** A turn while it is being made: what is said, and what has changed, gathered step by step. */
import { cityDay } from "../answers/city-day.js";
import { countOneMore, timesToday } from "../answers/counting.js";
import { fill } from "../answers/fill.js";
import { listingOf } from "../escalation/listing.js";
import { openEscalation, type Need } from "../escalation/open.js";
import { startQuiet, type Quiet } from "../escalation/quiet.js";
import { maskPersonal } from "../triage/mask.js";
import type { Line } from "../dialogues/talk.js";
import { bubblesOf } from "../intents/bubbles.js";
import type { Library } from "../intents/library.js";
import type { TicketReader } from "../tickets/reader.js";
import type { Citizen, Desk } from "../vocabulary/citizen.js";
import type { Escalation } from "../vocabulary/escalation.js";
import type { AlarmName, InboundEvent } from "../vocabulary/event.js";
import type { Point } from "../vocabulary/distance.js";
import type { PictureWanted } from "../vocabulary/picture.js";
import { NOBODY } from "../vocabulary/ticket.js";
import type { TicketChange } from "../vocabulary/ticket-change.js";
import { payloadOfStep, type Choice, type Reply, type Sign } from "../vocabulary/reply.js";
import type { Reaction, Turn, Why } from "../vocabulary/turn.js";
import type { Understanding } from "../vocabulary/understanding.js";
import type { CommonFile } from "../intents/format.js";
import { sayNothingTwice } from "./never-twice.js";
import { reactionInWords } from "./reaction.js";

/** What a decision may look at, beside the event and the citizen. */
export interface Situation {
  library: Library;
  understand(
    text: string,
    context?: { recent?: { citizen: string; text: string; at: number }[]; topic?: string },
  ): Understanding;
  /** The open escalation of this citizen, if there is one. */
  escalation: Escalation | undefined;
  /** What others wrote lately, for finding copies. */
  recent: { citizen: string; text: string; at: number }[];
  zone: string;
  now: number;
  /** Our app id: a conversation passed to it is ours again. */
  appId: string;
  gatherMs: number;
  botReturnsMs: number;
  /** How long a claim holds without an answer. */
  claimMs: number;
  /** The page has the permission for people's replies within seven days (HUMAN_AGENT), and uses it. */
  hasHumanAgent: boolean;
  /** Looks up tickets, and scripts of dialogues that began before the library changed. */
  tickets: TicketReader;
}

/** The common sentences that have several wordings. */
export type CommonName = {
  [K in keyof CommonFile]: CommonFile[K] extends string[] ? K : never;
}[keyof CommonFile];

/** The turn being made. Its parts change while the steps run; `finish` gives the value. */
export class Draft {
  readonly replies: Reply[] = [];
  readonly signs: Sign[] = [];
  readonly alarms: Turn["alarms"] = [];
  citizen: Citizen;
  escalation: Escalation | undefined;
  readonly tickets: TicketChange[] = [];
  readonly pictures: PictureWanted[] = [];
  script: Turn["script"];
  erase: Turn["erase"];
  /** What came with the words that are being answered. */
  came: { point?: Point; pictures: string[] } = { pictures: [] };
  speaker: Turn["speaker"] = "bot";
  why: Why = { outcome: "note", reasons: [] };
  /** How the citizen took what was said before this turn. */
  reaction: Reaction | undefined;
  private isEscalationChanged = false;

  constructor(
    readonly event: InboundEvent,
    citizen: Citizen,
    readonly situation: Situation,
  ) {
    this.citizen = { ...citizen };
    this.escalation = situation.escalation;
  }

  get day(): string {
    return cityDay(this.situation.now, this.situation.zone);
  }

  /** Fills the placeholders of a text in the name of an agency. */
  fill(text: string, agency: string, citizenText?: string): string {
    return this.fillWithFacts(text, agency, citizenText).text;
  }

  fillWithFacts(text: string, agency: string, citizenText?: string): { text: string; staleFacts: string[] } {
    const { library, zone, now } = this.situation;
    return fill(text, { records: library.records, agency, zone, now, citizenText });
  }

  /** Adds bubbles; the choices hang on the last one. */
  say(bubbles: readonly string[], choices: Choice[] = []): void {
    bubbles.forEach((text, index) => {
      const isLast = index === bubbles.length - 1;
      this.replies.push(
        isLast && choices.length > 0 ? { kind: "text", text, choices } : { kind: "text", text },
      );
    });
  }

  /** Says a common sentence in its next wording. False, and silent, when every wording was used today. */
  sayCommon(name: CommonName, choices: Choice[] = [], agency = "humas"): boolean {
    const wordings = this.situation.library.records.common[name];
    const times = timesToday(this.citizen.said, this.day, name);
    const wording = wordings[times];
    this.citizen.said = countOneMore(this.citizen.said, this.day, name);
    if (wording === undefined) return false;
    this.say(bubblesOf(this.fill(wording, agency)), choices);
    return true;
  }

  /** Says one of several wordings, the next one each time. {name} in it stands for a value. */
  sayOneOf(
    key: string,
    wordings: readonly string[],
    values: Record<string, string> = {},
    agency = "humas",
  ): void {
    this.sayLine({ key, wordings, values }, { intent: "", question: "", agency });
  }

  /** Says a line of a dialogue; its choices answer the question that waits. */
  sayLine(
    line: Line,
    { intent, question, agency }: { intent: string; question: string; agency: string },
  ): void {
    const before = line.before === undefined ? [] : [this.wordsOf(line.before, agency)];
    const text = [...before, this.wordsOf(line, agency)].join(" ");
    this.say(
      bubblesOf(text),
      (line.choices ?? []).map(({ title, value }) => ({
        title,
        payload: payloadOfStep(intent, question, value),
      })),
    );
  }

  private wordsOf({ key, wordings, wording, values = {} }: Line, agency: string): string {
    const times = timesToday(this.citizen.said, this.day, key);
    if (wording === undefined && wordings.length > 1)
      this.citizen.said = countOneMore(this.citizen.said, this.day, key);
    const text = wordings[(wording ?? times) % Math.max(1, wordings.length)] ?? "";
    const filled = text.replace(/\{([\w-]+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : value.replace(/[{}]/g, "");
    });
    return this.fill(filled, agency).trim();
  }

  /** Opens or raises the escalation of this conversation. */
  escalate(need: Omit<Need, "citizen" | "eventId" | "now" | "lastWroteAt">): void {
    this.writeEscalation(
      openEscalation(
        {
          ...need,
          summary: need.summary === undefined ? undefined : maskPersonal(need.summary),
          citizen: this.citizen.id,
          eventId: this.event.id,
          now: this.situation.now,
          lastWroteAt: this.citizen.lastWroteAt,
        },
        this.escalation,
      ),
    );
    this.expectHolder();
  }

  /** The citizen wrote again: whoever has the conversation is due to answer, or it goes back to everybody. */
  private expectHolder(): void {
    const holder = this.escalation?.holder;
    if (holder === undefined || holder.lapsesAt !== undefined) return;
    const lapsesAt = this.situation.now + this.situation.claimMs;
    this.changeEscalation({ holder: { ...holder, lapsesAt } });
    this.setAlarm("claim-lapses", lapsesAt);
  }

  /** Changes the open escalation, if there is one. */
  changeEscalation(change: Partial<Escalation>): void {
    if (this.escalation !== undefined)
      this.writeEscalation({ ...this.escalation, ...change, updatedAt: this.situation.now });
  }

  /** Changes what staff see beside the escalation. */
  changeDesk(change: Partial<Desk>): void {
    this.citizen.desk = { ...this.citizen.desk, ...change };
  }

  private writeEscalation(escalation: Escalation): void {
    this.escalation = escalation;
    this.isEscalationChanged = true;
    this.citizen.escalation = escalation.state === "closed" ? undefined : escalation.id;
  }

  /** The bot falls silent. Without `returnsAfterMs` only a person can wake it. */
  fallSilent(reason: Quiet["reason"], returnsAfterMs: number | undefined): void {
    const quiet = startQuiet(reason, this.situation.now, returnsAfterMs);
    this.citizen.quiet = quiet;
    if (quiet.until !== undefined) this.setAlarm("bot-returns", quiet.until);
  }

  setAlarm(name: AlarmName, at: number, citizen?: string): void {
    this.alarms.push(citizen === undefined ? { name, at } : { name, at, citizen });
  }

  private whyWithReaction(): Why {
    const { why, reaction } = this;
    return reaction === undefined
      ? why
      : { ...why, reaction, reasons: [...why.reasons, reactionInWords(reaction)] };
  }

  finish(): Turn {
    sayNothingTwice(this);
    return {
      replies: this.replies,
      speaker: this.speaker,
      signs: this.signs,
      citizen: this.citizen,
      escalation: this.isEscalationChanged ? this.escalation : undefined,
      alarms: this.alarms,
      tickets: this.tickets,
      pictures: this.pictures,
      script: this.script,
      erase: this.erase,
      why: this.whyWithReaction(),
      ...(this.citizen.id === NOBODY
        ? {}
        : { listing: listingOf(this.citizen, this.escalation, this.situation.now) }),
    };
  }
}
