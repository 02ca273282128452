/** The library in memory: every intent of the city, and the records their answers draw on. */
import type { Priority } from "../vocabulary/understanding.js";
import type {
  AgencyFile,
  CityFile,
  CommonFile,
  EmergencyFile,
  FactsFile,
  FileTest,
  HoursFile,
  ProfileFile,
  WordsFile,
} from "./format.js";
import type { DialogueFile, PlacesFile, ReportFile, TermsFile } from "./format-dialogues.js";
import type { ErasureFile } from "./format-erasure.js";
import type { Part } from "./format-steps.js";
import type { Script } from "./script.js";
import type { QuickReplyFile } from "./quick-replies.js";

/** One wording of an answer: one to three bubbles, with placeholders still in them. */
export interface Wording {
  bubbles: string[];
}

/** What happens after the answer. */
export type Afterwards =
  | "nothing"
  | "person" // the answer is given and the message passed to staff; the bot stays awake
  | "handover" // the answer is given and a person takes over: the bot is silent
  | "urgent" // emergency number first, staff alarmed, the bot keeps quiet
  | "simpler" // says the previous answer in its next wording
  | "cancel" // leaves whatever was going on
  | "silence" // nothing is said
  | "once"; // said once a day, then silence

export interface Intent {
  /** The file name without `.yaml`. */
  id: string;
  /** The folder it stands in. */
  group: string;
  title: string;
  priority: Priority;
  agency: string;
  source: string;
  /** The day somebody has to look at it again, 2026-12-31. */
  reviewBy: string;
  examples: string[];
  /** Similar texts that belong to another intent. */
  notThis: { intent: string; text: string }[];
  /** Wording 1, 2, 3. Empty only for intents that are answered with silence. */
  wordings: Wording[];
  /** For a message that names an agency: `{dinas…}` speaks of that one. */
  agencyWording?: Wording;
  /** For a message in English. */
  english?: Wording;
  /** For somebody in danger; without it the first wording. */
  emergency?: Wording;
  /** Buttons: the writing, and the intent it opens. */
  choices: { title: string; intent: string }[];
  /** Buttons that leave the conversation: `https://…` or `tel:…`, placeholders allowed. */
  links: { title: string; target: string }[];
  afterwards: Afterwards;
  /** What to say to short questions that lean on this topic. */
  parts: Partial<Record<Part, string>>;
  /** The dialogue that stands in the file, if there is one. */
  script?: Script;
  tests: FileTest[];
  /** Path from the library's root, for messages to editors. */
  file: string;
}

export interface Records {
  city: CityFile;
  agencies: AgencyFile;
  hours: HoursFile;
  emergency: EmergencyFile;
  words: WordsFile;
  facts: FactsFile;
  common: CommonFile;
  profile: ProfileFile;
  /** What is said in every dialogue. */
  dialogue: DialogueFile;
  /** What is said about reports and tickets. */
  report: ReportFile;
  terms: TermsFile;
  places: PlacesFile;
  /** What is said when somebody asks for their data to be removed. */
  erasure: ErasureFile;
  quickReplies: QuickReplyFile;
}

export interface Library {
  intents: ReadonlyMap<string, Intent>;
  records: Records;
  /** SHA-256 over all files: same library, same fingerprint. */
  fingerprint: string;
}

/** What of a library is learnt. As long as it stays the same, what was learnt holds, whatever becomes of the wordings. */
export interface Teaching {
  intents: ReadonlyMap<string, Pick<Intent, "id" | "examples" | "notThis" | "afterwards">>;
  records: Pick<Records, "words" | "agencies" | "emergency">;
}

/** Just that of this library. */
export function teachingOf({ intents, records: { words, agencies, emergency } }: Library): Teaching {
  const taught = [...intents].map(
    ([id, { examples, notThis, afterwards }]) => [id, { id, examples, notThis, afterwards }] as const,
  );
  return { intents: new Map(taught), records: { words, agencies, emergency } };
}
