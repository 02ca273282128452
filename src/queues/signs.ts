/** Signs of life: shown if there is room for them at once, otherwise dropped. */
import type { Sign } from "../vocabulary/reply.js";
import type { Pace } from "./pace.js";

/** On the wire at once; more are dropped, so that they never hold up a reply. */
const MOST_AT_ONCE = 16;

/** `send` never rejects. Each sign takes its place in the page's pace. */
export function createSigns(
  send: (citizen: string, sign: Sign) => Promise<void>,
  pace: Pace,
): { show(citizen: string, sign: Sign): void } {
  let onTheWire = 0;
  return {
    show(citizen, sign) {
      if (onTheWire >= MOST_AT_ONCE || pace.take().waitMs > 0) return;
      onTheWire += 1;
      void send(citizen, sign).finally(() => {
        onTheWire -= 1;
      });
    },
  };
}
