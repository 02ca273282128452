/** The screen "Pengaturan": people and roles, working hours and holidays. */
import type { RequestHandler } from "express";
import type { Library } from "../../intents/library.js";
import { staffOf } from "../access/guard.js";
import { tabsFor } from "../tabs.js";
import { hoursPage } from "./hours-page.js";
import { staffHandlers, type StaffParts } from "./staff.js";
import { SETTINGS_TABS } from "./tabs.js";

export interface SettingsParts extends Omit<StaffParts, "agencies"> {
  library: () => Library | undefined;
}

type Routes = "GET /settings" | "GET /settings/hours" | keyof ReturnType<typeof staffHandlers>;

/** The handlers of the screen's routes. */
export function settingsHandlers(parts: SettingsParts): Record<Routes, RequestHandler | RequestHandler[]> {
  const agencies = () =>
    Object.entries(parts.library()?.records.agencies ?? {}).map(([id, { nama }]) => ({ id, name: nama }));
  return {
    ...staffHandlers({ ...parts, agencies }),
    "GET /settings": (_request, response) =>
      response.redirect(303, `/console${tabsFor(staffOf(response), SETTINGS_TABS)[0]?.path ?? ""}`),
    "GET /settings/hours": (_request, response) => {
      const { zone, now, library } = parts;
      const staff = staffOf(response);
      response.type("html").send(hoursPage({ staff, records: library()?.records, zone, now: now() }));
    },
  };
}
