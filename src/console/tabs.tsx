/** The tabs of a screen that has several pages, each only for those who may open it. */
import type { StaffMember } from "../vocabulary/staff.js";
import { mayDo, type Right } from "./access/rights.js";

export interface Tab {
  label: string;
  /** Below /console. */
  path: string;
  /** One of these opens it. */
  needs: readonly Right[];
}

/** The tabs this person may open. */
export function tabsFor(staff: Pick<StaffMember, "roles">, tabs: readonly Tab[]): Tab[] {
  return tabs.filter((tab) => mayDo(staff, ...tab.needs));
}

export function Tabs(props: { label: string; tabs: readonly Tab[]; staff: StaffMember; current: string }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      {tabsFor(props.staff, props.tabs).map((tab) => (
        <a
          key={tab.path}
          href={`/console${tab.path}`}
          aria-current={tab.path === props.current ? "page" : undefined}
        >
          {tab.label}
        </a>
      ))}
    </nav>
  );
}
