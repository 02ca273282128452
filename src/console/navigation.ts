/** The console's menu: which screens there are, and for whom. */
import type { StaffMember } from "../vocabulary/staff.js";
import { mayDo, type Right } from "./access/rights.js";
import { words } from "./words/words.js";

export interface Screen {
  id: string;
  label: string;
  /** Below /console. */
  path: string;
  /** One of these opens it. */
  needs: readonly Right[];
}

/** In the order of the menu; the first one a person may open is where the console begins for them. */
export const SCREENS = [
  { id: "inbox", label: words.nav.inbox, path: "/inbox", needs: ["read-conversations"] },
  {
    id: "tickets",
    label: words.nav.tickets,
    path: "/tickets",
    needs: ["read-tickets", "work-agency-tickets"],
  },
  {
    id: "settings",
    label: words.nav.settings,
    path: "/settings",
    needs: ["manage-system", "answer-citizens"],
  },
  {
    id: "records",
    label: words.nav.records,
    path: "/records",
    needs: ["see-health", "retry-parked", "manage-system"],
  },
] as const satisfies readonly Screen[];

export type ScreenId = "inbox" | "tickets" | "settings" | "records" | "account";

/** Where the console begins for this person. */
export function homeOf(staff: Pick<StaffMember, "roles">): string {
  return `/console${screensFor(staff)[0]?.path ?? "/account"}`;
}

/** The screens this person may open. */
export function screensFor(staff: Pick<StaffMember, "roles">): Screen[] {
  const all: readonly Screen[] = SCREENS;
  return all.filter((screen) => mayDo(staff, ...screen.needs));
}
