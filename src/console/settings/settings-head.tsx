/** What stands above every page of "Pengaturan". */
import type { StaffMember } from "../../vocabulary/staff.js";
import { Tabs } from "../tabs.js";
import { words } from "../words/words.js";
import { SETTINGS_TABS } from "./tabs.js";

/** `current`: the path of the page that is shown. */
export function SettingsHead({ staff, current }: { staff: StaffMember; current: string }) {
  return (
    <>
      <h1>{words.nav.settings}</h1>
      <Tabs label={words.nav.settings} tabs={SETTINGS_TABS} staff={staff} current={current} />
    </>
  );
}
