/** What may be sent from here, where several instances share a store. */
export interface Ownership {
  /** True while this instance may send to them. */
  isOurs(citizen: string): boolean;
  /** The platform's id of a reply that is known to have gone out, whoever sent it. */
  wentOut(key: string): Promise<string | undefined>;
  /** Nothing waits for this citizen any more. */
  onIdle(citizen: string): void;
  /** How many instances share the page's pace. */
  instances(): number;
}

/** Between two looks at whether a conversation is ours again, or an echo has come. */
export const LOOK_AGAIN_MS = 500;
