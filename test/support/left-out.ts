/** Says in one line, before all tests, which of them this machine cannot run. */
import { hasMongo } from "./has-mongo";

export default function sayWhatIsLeftOut(): void {
  if (!hasMongo() && process.env.REQUIRE_MONGODB === undefined)
    console.log(
      "\nLeft out: the tests on MongoDB. Build their server with `npm run mongo-server` (Java 17 and Maven), or set TEST_MONGODB_URI.",
    );
}
