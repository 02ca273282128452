/** The pages where the administrator looks after people: all of them, one of them, and a link that is shown once. */
import type { SessionRecord, SetupLink, StaffMember, StaffRecord } from "../../vocabulary/staff.js";
import { consolePage } from "../layout.js";
import { Said } from "../said.js";
import { momentOf } from "../times.js";
import { words } from "../words/words.js";
import { StaffFields, type Agencies, type StaffWish } from "./staff-form.js";
import { SettingsHead } from "./settings-head.js";

export interface StaffListParts {
  staff: StaffMember;
  people: StaffRecord[];
  agencies: Agencies;
  /** What was typed into the form for a new person, when it has to be shown again. */
  wish: Partial<StaffWish> & { login?: string };
  error?: string;
}

export function staffListPage(parts: StaffListParts): string {
  const { staff, people, agencies, wish, error } = parts;
  const say = words.staff;
  return consolePage({
    title: say.title,
    staff,
    active: "settings",
    body: (
      <>
        <SettingsHead staff={staff} current="/settings/staff" />
        <Said error={error} />
        <section class="card">
          <h2>{say.title}</h2>
          <ul class="rows">
            {people.map((person) => (
              <li key={person.id}>
                <div>
                  <a href={`/console/settings/staff/${person.id}`}>
                    <strong>{person.name}</strong>
                  </a>{" "}
                  <State person={person} />
                  <p class="quiet small">
                    {person.login} · {person.roles.map((role) => words.roles[role]).join(", ")}
                    {person.agency === undefined ? "" : ` · ${agencyName(person.agency, agencies)}`}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <details class="card" open={error !== undefined}>
          <summary>
            <h2>{say.add}</h2>
          </summary>
          <form method="post" action="/console/settings/staff">
            <div class="field">
              <label for="login">{words.login.login}</label>
              <input
                id="login"
                name="login"
                value={wish.login}
                required
                maxLength={40}
                autoComplete="off"
                autoCapitalize="none"
                spellcheck={false}
                aria-describedby="login-hint"
              />
              <span class="hint" id="login-hint">
                {say.loginHint}
              </span>
            </div>
            <StaffFields wish={wish} agencies={agencies} />
            <button type="submit" class="main">
              {say.addAndLink}
            </button>
          </form>
        </details>
      </>
    ),
  });
}

export interface StaffOneParts {
  staff: StaffMember;
  person: StaffRecord;
  sessions: SessionRecord[];
  link: SetupLink | undefined;
  agencies: Agencies;
  zone: string;
  notice?: string;
  error?: string;
}

export function staffOnePage(parts: StaffOneParts): string {
  const { staff, person, agencies } = parts;
  const say = words.staff;
  const path = `/console/settings/staff/${person.id}`;
  return consolePage({
    title: person.name,
    staff,
    active: "settings",
    body: (
      <>
        <p>
          <a href="/console/settings/staff">{say.back}</a>
        </p>
        <h1>
          {person.name} <State person={person} />
        </h1>
        <Said notice={parts.notice} error={parts.error} />
        <section class="card">
          <dl class="facts">
            <dt>{words.login.login}</dt>
            <dd class="code">{person.login}</dd>
            <dt>{say.since}</dt>
            <dd>{momentOf(person.createdAt, parts.zone)}</dd>
            <dt>{words.account.sessions}</dt>
            <dd>{say.sessionCount(parts.sessions.length)}</dd>
            {parts.link === undefined ? null : (
              <>
                <dt>{say.link}</dt>
                <dd>{say.linkUntil(momentOf(parts.link.expiresAt, parts.zone))}</dd>
              </>
            )}
          </dl>
          <form method="post" action={path}>
            <StaffFields wish={person} agencies={agencies} />
            <button type="submit" class="main">
              {say.save}
            </button>
          </form>
        </section>
        <section class="card acts">
          <h2>{say.acts}</h2>
          {person.isDemo || person.state === "disabled" ? null : (
            <Act path={`${path}/link`} label={say.newLink} meaning={say.newLinkMeaning} />
          )}
          {parts.sessions.length === 0 ? null : (
            <Act path={`${path}/end-sessions`} label={say.endSessions} meaning={say.endSessionsMeaning} />
          )}
          {person.state === "disabled" ? (
            <Act path={`${path}/enable`} label={say.enable} meaning={say.enableMeaning} />
          ) : (
            <Act path={`${path}/disable`} label={say.disable} meaning={say.disableMeaning} danger />
          )}
        </section>
      </>
    ),
  });
}

/** The link is nowhere else: the store holds only its hash. */
export function linkPage({
  staff,
  person,
  address,
}: {
  staff: StaffMember;
  person: StaffRecord;
  address: string;
}): string {
  const say = words.staff;
  return consolePage({
    title: say.link,
    staff,
    active: "settings",
    scripts: ["copy.js"],
    body: (
      <>
        <h1>{say.linkFor(person.name)}</h1>
        <section class="card">
          <p>{say.passOn}</p>
          <div class="field">
            <label for="link">{say.link}</label>
            <textarea id="link" class="code" rows={3} readOnly>
              {address}
            </textarea>
          </div>
          <p class="actions">
            <button type="button" class="main" data-copy="#link" data-done={say.copied} hidden>
              {say.copy}
            </button>
            <span class="quiet" role="status" />
          </p>
          <p class="quiet">{say.shownOnce}</p>
        </section>
        <p>
          <a class="button" href={`/console/settings/staff/${person.id}`}>
            {say.done}
          </a>
        </p>
      </>
    ),
  });
}

function Act(props: { path: string; label: string; meaning: string; danger?: boolean }) {
  return (
    <form method="post" action={props.path}>
      <p class="quiet">{props.meaning}</p>
      <button type="submit" class={props.danger === true ? "danger" : undefined}>
        {props.label}
      </button>
    </form>
  );
}

function State({ person }: { person: StaffRecord }) {
  const colour = person.state === "active" ? "green" : person.state === "invited" ? "amber" : "red";
  return (
    <>
      <span class={`tag ${colour}`}>{words.staff.states[person.state]}</span>
      {person.isDemo ? <span class="tag"> {words.staff.demo}</span> : null}
    </>
  );
}

function agencyName(id: string, agencies: Agencies): string {
  return agencies.find((agency) => agency.id === id)?.name ?? id;
}
