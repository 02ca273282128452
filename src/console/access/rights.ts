/** What each role may do: the one table that every screen and every route asks. */
import type { Role, StaffMember } from "../../vocabulary/staff.js";

export type Right =
  /** Reads conversations, with personal numbers masked. */
  | "read-conversations"
  /** Opens one masked number, for a purpose that is logged. */
  | "open-personal-data"
  | "answer-citizens"
  | "read-tickets"
  | "work-tickets"
  /** Sees and moves the tickets of the own agency, without the citizen's identity. */
  | "work-agency-tickets"
  | "propose-answers"
  | "draft-answers"
  | "publish-answers"
  | "read-own-figures"
  | "read-unanswered"
  | "read-reports"
  | "read-agency-figures"
  | "see-health"
  | "retry-parked"
  /** Staff, roles, set-up links, settings, the audit log. */
  | "manage-system";

const RIGHTS_OF: Record<Role, readonly Right[]> = {
  officer: [
    "read-conversations",
    "open-personal-data",
    "answer-citizens",
    "read-tickets",
    "work-tickets",
    "propose-answers",
    "read-own-figures",
    "see-health",
    "retry-parked",
  ],
  editor: ["read-conversations", "propose-answers", "draft-answers", "read-unanswered"],
  approver: [
    "read-conversations",
    "propose-answers",
    "draft-answers",
    "publish-answers",
    "read-unanswered",
    "read-reports",
    "see-health",
  ],
  head: ["read-tickets", "read-reports"],
  agency: ["work-agency-tickets", "read-agency-figures"],
  administrator: ["see-health", "retry-parked", "manage-system"],
};

/** True when one of the person's roles has one of these rights. */
export function mayDo(staff: Pick<StaffMember, "roles">, ...rights: readonly Right[]): boolean {
  return staff.roles.some((role) => rights.some((right) => RIGHTS_OF[role].includes(right)));
}
