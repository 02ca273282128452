/** Who else answers citizens. */
import type { AccessStore } from "../../storage/access-port.js";
import type { Author } from "../../vocabulary/staff-act.js";
import { mayDo } from "../access/rights.js";

/** Everybody who may answer and can sign in, by name, without the one who asks. */
export async function colleaguesOf(access: Pick<AccessStore, "allStaff">, me: string): Promise<Author[]> {
  const staff = await access.allStaff();
  return staff
    .filter((each) => each.id !== me && each.state === "active" && mayDo(each, "answer-citizens"))
    .map(({ id, name }) => ({ id, name }));
}
