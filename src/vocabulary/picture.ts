/** A picture a citizen or staff sent for a ticket: wanted first, then kept or refused. */

/** A picture to be fetched from the platform, decided in a turn. The id is made from the message it came with. */
export interface PictureWanted {
  id: string;
  /** Where the platform keeps it; such addresses end after some days. */
  url: string;
  /** The ticket it belongs to. */
  ticket: string;
}

export interface Picture {
  id: string;
  /** The ticket it belongs to. */
  ticket: string;
  citizen: string;
  state: "wanted" | "kept" | "refused";
  at: number;
  /** While it is wanted. */
  url?: string;
  attempts: number;
  /** Name of the file in the folder of pictures: random, ends in `.jpg`. Present when kept. */
  file?: string;
  width?: number;
  height?: number;
  bytes?: number;
  /** Staff brought it for a ticket; it belongs there once a turn of theirs shows it. */
  isUpload?: boolean;
  /** Why it was refused, in an Indonesian sentence for staff. */
  reason?: string;
}

/** How fetching a picture ended. `later`: worth another try. */
export type PictureOutcome =
  | { kind: "kept"; file: string; width: number; height: number; bytes: number }
  | { kind: "refused"; reason: string }
  | { kind: "later"; reason: string };
