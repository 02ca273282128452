/** What a dialogue may look at: the library, the clock of this turn, and tickets to look up. */
import type { Records } from "../intents/library.js";
import type { Script } from "../intents/script.js";
import type { TicketReader } from "../tickets/reader.js";

export interface Setting {
  records: Records;
  /** Titles of intents, for saying what comes later. */
  titleOf(intent: string): string;
  agencyOf(intent: string): string;
  /** True for intents whose dialogue begins at once: reports. They wait for their turn instead of interrupting. */
  isReport(intent: string): boolean;
  /** The script a dialogue in steps goes through, as it was when it began. */
  script: Script | undefined;
  tickets: TicketReader;
  /** Beginnings of ticket numbers that are in use: JLN, LPJ. */
  prefixes: ReadonlySet<string>;
  citizen: string;
  zone: string;
  now: number;
}
