/** Whether there is a MongoDB to test against. */
import { existsSync } from "node:fs";
import path from "node:path";

/** Where `npm run mongo-server` leaves our own. */
export const BUILT = path.join(__dirname, "mongo-server", "target");

/** True when there is a server to test against. */
export function hasMongo(env: Record<string, string | undefined> = process.env): boolean {
  return env.TEST_MONGODB_URI !== undefined || existsSync(path.join(BUILT, "lib"));
}
