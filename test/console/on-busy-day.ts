/** The fixture of most browser tests: the whole server on a busy day, and one browser for everybody. */
import type { Browser } from "playwright-core";
import { describeInBrowser, openBrowser } from "../support/browser";
import { fillBusyDay } from "./busy-day";
import { closeAll, openOffice, type Office } from "./office";

export interface BusyDay {
  office: Office;
  browser: Browser;
}

/** A group of tests on a busy day of their own; `day` is filled before the first of them runs. */
export function describeOnBusyDay(name: string, tests: (day: BusyDay) => void): void {
  describeInBrowser(name, () => {
    const day = {} as BusyDay;
    beforeAll(async () => {
      day.office = await openOffice({ fill: (store) => fillBusyDay(store, Date.now()) });
      day.browser = await openBrowser();
    });
    afterAll(() => closeAll(day.browser, day.office));
    tests(day);
  });
}
