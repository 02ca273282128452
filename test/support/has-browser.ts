/** Whether there is a Chromium to test with, and where. */
import { existsSync } from "node:fs";

const PLACES = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Where it lies; undefined where there is none. */
export const browserPath = (): string | undefined =>
  PLACES.find((place) => place !== "" && existsSync(place));
