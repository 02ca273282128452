/** What stands above every page of "Catatan & Kesehatan". */
import type { StaffMember } from "../../vocabulary/staff.js";
import { Tabs } from "../tabs.js";
import { words } from "../words/words.js";
import { RECORDS_TABS } from "./tabs.js";

/** `current`: the path of the page that is shown. */
export function RecordsHead({ staff, current }: { staff: StaffMember; current: string }) {
  return (
    <>
      <h1>{words.nav.records}</h1>
      <Tabs label={words.nav.records} tabs={RECORDS_TABS} staff={staff} current={current} />
    </>
  );
}
