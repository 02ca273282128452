/** The page "Pemberitahuan": one switch for the browser somebody sits at. */
import type { StaffMember } from "../../vocabulary/staff.js";
import { consolePage } from "../layout.js";
import { SettingsHead } from "../settings/settings-head.js";
import { words } from "../words/words.js";

const { push } = words;

export function pushPage(page: { staff: StaffMember; publicKey: string; isOn: boolean }): string {
  return consolePage({
    title: push.tab,
    staff: page.staff,
    active: "settings",
    scripts: ["push.js"],
    body: (
      <>
        <SettingsHead staff={page.staff} current="/settings/alerts" />
        <section
          class="card"
          id="push"
          data-key={page.publicKey}
          data-on={page.isOn ? "yes" : "no"}
          data-denied={push.denied}
          data-missing={push.missing}
          data-failed={push.failed}
        >
          <h2>{push.heading}</h2>
          <p>{push.meaning}</p>
          <ul>
            {push.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
          <noscript>
            <p class="notice care">{push.noScript}</p>
          </noscript>
          <p id="push-state" role="status">
            {page.isOn ? push.isOn : push.isOff}
          </p>
          <p class="actions">
            <button type="button" class="main" data-do="on" hidden>
              {push.turnOn}
            </button>
            <button type="button" data-do="off" hidden>
              {push.turnOff}
            </button>
            <button type="button" data-do="try" hidden>
              {push.tryIt}
            </button>
          </p>
          <p class="quiet small">{push.iphone}</p>
        </section>
      </>
    ),
  });
}
