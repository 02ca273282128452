/** What staff did, as a line of the timeline. */
import type { Library } from "../../intents/library.js";
import type { StaffBody } from "../../vocabulary/staff-act.js";
import { momentOf } from "../times.js";
import { words } from "../words/words.js";

const { events, folded } = words.desk;

export function actSentence(act: StaffBody, library: Library, zone: string): string {
  const name = act.by?.name ?? events.somebody;
  switch (act.action) {
    case "snooze":
      return events.snooze(name, momentOf(act.until, zone));
    case "to-agency":
      return events["to-agency"](name, library.records.agencies[act.agency]?.nama ?? act.agency);
    case "hand":
      return events.hand(name, act.to.name);
    case "fold":
      return events.fold(name, folded.reasons[act.reason]);
    case "reply":
    case "note":
      return "";
    case "claim":
    case "release":
    case "wake":
    case "take-over":
    case "give-back":
    case "close":
    case "reopen":
    case "unfold":
    case "not-urgent":
      return events[act.action](name);
  }
}
