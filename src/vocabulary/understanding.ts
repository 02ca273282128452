/** What a message was understood to mean, how surely, and why. */

/** `answer`: one intent is meant. `clarify`: two or three are close. `escalate`: a person must read it. `urgent`: a person must read it now. `fold`: noise, kept out of the way. */
export type Outcome = "answer" | "clarify" | "escalate" | "urgent" | "fold";

/** P0: life in danger. P1: urgent help, within hours. P2: report. P3: information. P4: no reply needed. */
export type Priority = "P0" | "P1" | "P2" | "P3" | "P4";

export interface Candidate {
  intent: string;
  /** How likely this is the intent that was meant, 0 to 1. */
  confidence: number;
}

export interface Urgency {
  priority: "P0" | "P1";
  /** The class of the emergency, as it stands in `_darurat.yaml`. */
  class: string;
  /** The words that decided, as the citizen wrote them. */
  words: string[];
}

export interface Noise {
  kind: "copies" | "spam" | "insult";
  reasons: string[];
}

export interface Understanding {
  outcome: Outcome;
  /** The intent to answer with; for `urgent` the intent of that emergency, where there is one. */
  intent?: string;
  confidence: number;
  /** Other intents that the same message asks for, in the order they are asked; `intent` comes before them. */
  more?: string[];
  /** Best first. */
  candidates: Candidate[];
  urgency?: Urgency;
  noise?: Noise;
  /** What is named in the message: an agency by its id in `_dinas.yaml`, and a place. */
  slots?: { agency?: string; place?: string };
  /** Many others tell of the same in their own words: a real event, and what they have in common. */
  surge?: { people: number; words: string[] };
  /** Present when the message is plain English. */
  language?: "en";
  /** The words as they were read, when they were matched with the intents. */
  words?: string[];
  /** Short sentences in Indonesian, for staff and editors: why this outcome. */
  reasons: string[];
}
