/** Says in a line each, before all tests, which of them this machine cannot run. */
import { hasPrlimit } from "./full-disk";
import { browserPath } from "./has-browser";
import { hasMongo } from "./has-mongo";

export default function sayWhatIsLeftOut(): void {
  if (!hasMongo() && process.env.REQUIRE_MONGODB === undefined)
    console.log(
      "\nLeft out: the tests on MongoDB. Build their server with `npm run mongo-server` (Java 17 and Maven), or set TEST_MONGODB_URI.",
    );
  if (browserPath() === undefined && process.env.CI === undefined)
    console.log(
      "\nLeft out: the tests in a browser (the console's screens and the simulator's page). Install Chromium (apt-get install chromium), or set CHROMIUM to its path.",
    );
  if (!hasPrlimit && process.env.CI === undefined)
    console.log("\nLeft out: the tests on a full disk. They need prlimit (util-linux).");
}
