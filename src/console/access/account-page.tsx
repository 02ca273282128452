/** The page "Akun saya": who one is here, and where one is signed in. */
import type { SessionRecord, StaffMember } from "../../vocabulary/staff.js";
import { consolePage } from "../layout.js";
import { Said } from "../said.js";
import { momentOf } from "../times.js";
import { words } from "../words/words.js";
import { PasswordFields } from "./password-fields.js";

export interface AccountPageParts {
  staff: StaffMember;
  sessions: SessionRecord[];
  /** The session of this very browser. */
  current: string;
  backupCodes: number;
  login: string;
  isDemo: boolean;
  notice?: string;
  error?: string;
  zone: string;
}

export function accountPage(parts: AccountPageParts): string {
  const { staff, sessions } = parts;
  const say = words.account;
  return consolePage({
    title: say.title,
    staff,
    active: "account",
    body: (
      <>
        <h1>{say.title}</h1>
        <Said notice={parts.notice} error={parts.error} />
        <section class="card">
          <h2>{staff.name}</h2>
          <dl class="facts">
            <dt>{words.login.login}</dt>
            <dd class="code">{parts.login}</dd>
            <dt>{say.roles}</dt>
            <dd>{staff.roles.map((role) => words.roles[role]).join(", ")}</dd>
          </dl>
        </section>
        <section class="card">
          <h2>{say.sessions}</h2>
          <ul class="rows">
            {sessions.map((session) => (
              <Session key={session.id} session={session} parts={parts} />
            ))}
          </ul>
          <form method="post" action="/console/account/sessions/end-others">
            <button type="submit">{say.endOthers}</button>
          </form>
        </section>
        {parts.isDemo ? <p class="quiet">{say.isDemo}</p> : <Secrets backupCodes={parts.backupCodes} />}
      </>
    ),
  });
}

function Secrets({ backupCodes }: { backupCodes: number }) {
  const say = words.account;
  return (
    <>
      <section class="card">
        <h2>{say.changePassword}</h2>
        <form method="post" action="/console/account/password">
          <PresentPassword id="present-for-password" />
          <PasswordFields />
          <button type="submit">{say.changePassword}</button>
        </form>
      </section>
      <section class="card">
        <h2>{words.backupCodes.title}</h2>
        <p>{say.codesLeft(backupCodes)}</p>
        <form method="post" action="/console/account/backup-codes">
          <PresentPassword id="present-for-codes" />
          <button type="submit">{say.renewCodes}</button>
        </form>
      </section>
    </>
  );
}

function PresentPassword({ id }: { id: string }) {
  return (
    <div class="field">
      <label for={id}>{words.account.present}</label>
      <input
        id={id}
        name="present"
        type="password"
        autoComplete="current-password"
        required
        maxLength={128}
      />
    </div>
  );
}

function Session({ session, parts }: { session: SessionRecord; parts: AccountPageParts }) {
  const say = words.account;
  return (
    <li>
      <div>
        <strong>{browserName(session.browser)}</strong>{" "}
        {session.id === parts.current ? <span class="tag green">{say.thisOne}</span> : null}
        <p class="quiet small">
          {say.sessionFrom(
            session.address,
            momentOf(session.startedAt, parts.zone),
            momentOf(session.seenAt, parts.zone),
          )}
        </p>
      </div>
      {session.id === parts.current ? null : (
        <form method="post" action="/console/account/sessions/end">
          <input type="hidden" name="session" value={session.id} />
          <button type="submit">{say.end}</button>
        </form>
      )}
    </li>
  );
}

const BROWSERS: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** "Chrome, Android": enough for somebody to recognize the own device. */
function browserName(agent: string): string {
  const name = (table: [RegExp, string][]): string | undefined =>
    table.find(([mark]) => mark.test(agent))?.[1];
  const known = [name(BROWSERS), name(SYSTEMS)].filter((part) => part !== undefined);
  return known.length === 0 ? words.account.unknownBrowser : known.join(", ");
}
