/** Tests that need a MongoDB. */
import { hasMongo } from "./has-mongo";

/** `describe`, or a skipped one where there is no server. With REQUIRE_MONGODB it is never skipped. */
export const describeMongo: typeof describe.skip =
  hasMongo() || process.env.REQUIRE_MONGODB !== undefined ? describe : describe.skip;
