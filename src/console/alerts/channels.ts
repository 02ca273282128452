/** The ways of telling: a group outside of the console, and the browsers of staff. What they say names nobody. */
import type { AccessStore } from "../../storage/access-port.js";
import { coverPersonal } from "../../triage/personal.js";
import { mayDo } from "../access/rights.js";
import { longDuration } from "../durations.js";
import type { Push } from "../push/push.js";
import { words } from "../words/words.js";
import type { AlertChannel } from "./alerts.js";
import { BROWSER_STEPS, GROUP_STEPS, type Due } from "./ladder.js";

/** Where texts for a group go. Resolves when it was taken. */
export interface AlertSink {
  send(text: string): Promise<void>;
}

export interface GroupParts {
  /** Where staff open the console: https://… */
  consoleUrl: string;
  /** Adds the citizen's last words, masked and short. */
  hasSnippet: boolean;
}

const SNIPPET = 80;

/** A group that is told what nobody has taken. */
export function groupChannel(sink: AlertSink, parts: GroupParts): AlertChannel {
  return { name: "group", steps: GROUP_STEPS, tell: (due) => sink.send(alertText(due, parts)) };
}

/** The browsers of everybody who answers citizens; of one person only, where that person holds it. */
export function browserChannel(push: Push, access: Pick<AccessStore, "allStaff">): AlertChannel {
  return {
    name: "browsers",
    steps: BROWSER_STEPS,
    async tell({ listing, waitedMs, holder }) {
      const staff = (await access.allStaff()).filter(
        (each) => each.state === "active" && mayDo(each, "answer-citizens"),
      );
      const told = staff.map(({ id }) => id).filter((id) => holder === undefined || id === holder);
      await push.tell(told, {
        title: words.push.title,
        body: sentenceOf({ listing, waitedMs, holder }),
        path: `/console/conversations/${encodeURIComponent(listing.citizen)}`,
        tag: listing.citizen,
      });
    },
  };
}

/** The reason, how long it has waited, and where to go; never who, and nothing that identifies anybody. */
export function alertText(
  due: Pick<Due, "listing" | "waitedMs">,
  { consoleUrl, hasSnippet }: GroupParts,
): string {
  const { listing } = due;
  const lines = [sentenceOf(due)];
  if (hasSnippet && listing.excerpt !== "") lines.push(snippetOf(listing.excerpt));
  lines.push(`${consoleUrl}/conversations/${encodeURIComponent(listing.citizen)}`);
  return lines.join("\n");
}

function sentenceOf({ listing, waitedMs, holder }: Pick<Due, "listing" | "waitedMs" | "holder">): string {
  const waited = longDuration(waitedMs);
  if (holder !== undefined) return words.desk.alerts.held(waited);
  const reason = words.desk.reasons[listing.escalation?.reason ?? "person"];
  return waitedMs < 60_000 ? words.desk.alerts.fresh(reason) : words.desk.alerts.text(reason, waited);
}

/** Covered first and cut then, so that no cut sets a number free. */
function snippetOf(text: string): string {
  const covered = coverPersonal(text).replace(/\s+/g, " ").trim();
  return covered.length <= SNIPPET ? covered : `${covered.slice(0, SNIPPET - 1)}…`;
}
