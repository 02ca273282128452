/** The page with the replies that Facebook has refused for good: why, and a way to try again. */
import type { ParkedReply } from "../../vocabulary/delivery.js";
import type { StaffMember } from "../../vocabulary/staff.js";
import { consolePage } from "../layout.js";
import { Said } from "../said.js";
import { momentOf } from "../times.js";
import { words } from "../words/words.js";
import { RecordsHead } from "./records-head.js";

export interface ParkedPageParts {
  staff: StaffMember;
  /** Without words where the person may not read conversations. */
  parked: (Pick<ParkedReply, "key" | "code" | "reason" | "parkedAt" | "citizen"> & { text?: string })[];
  /** There are more than are shown. */
  hasMore: boolean;
  notice?: string;
  error?: string;
  zone: string;
}

export function parkedPage({ staff, parked, hasMore, notice, error, zone }: ParkedPageParts): string {
  const say = words.parked;
  return consolePage({
    title: say.title,
    staff,
    active: "records",
    body: (
      <>
        <RecordsHead staff={staff} current="/records/parked" />
        <Said notice={notice} error={error} />
        <p class="quiet">{parked.length === 0 ? say.empty : say.meaning}</p>
        {parked.length === 0 ? null : (
          <ul class="card rows">
            {parked.map((each) => (
              <li key={each.key}>
                <div>
                  <strong>{each.reason}</strong>
                  <p class="quiet small">
                    {momentOf(each.parkedAt, zone)} · {say.for(each.citizen.slice(-4))} · {each.code}
                  </p>
                  {each.text === undefined ? null : <p class="said">{each.text}</p>}
                </div>
                <form method="post" action="/console/records/parked">
                  <input type="hidden" name="key" value={each.key} />
                  <button type="submit">{say.retry}</button>
                </form>
              </li>
            ))}
          </ul>
        )}
        {hasMore ? <p class="quiet">{say.more(parked.length)}</p> : null}
      </>
    ),
  });
}
