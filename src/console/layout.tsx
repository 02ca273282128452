/** The frame of every page of the console: head, menu, and the place for the body. */
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { StaffMember } from "../vocabulary/staff.js";
import { screensFor, type ScreenId } from "./navigation.js";
import { words } from "./words/words.js";

export interface PageParts {
  title: string;
  /** Absent on pages that need no session. */
  staff?: StaffMember;
  /** The menu item that is marked. */
  active?: ScreenId;
  body: ComponentChildren;
  /** Files of src/console/browser, such as `inbox.js`; loaded as modules. */
  scripts?: readonly string[];
  /** Files of src/console/browser besides `console.css`. */
  styles?: readonly string[];
  /** `reading`: one column with a comfortable width. `wide`: the full width. `work`: as high as the screen, panes scroll by themselves. */
  shape?: "reading" | "wide" | "work";
}

/** The whole document, as text. Everything in it is escaped; there is no way to put markup in. */
export function consolePage(parts: PageParts): string {
  return `<!doctype html>${renderToString(<Page {...parts} />)}`;
}

/** A page that says one thing. */
export function noticePage({
  title,
  text,
  staff,
}: {
  title: string;
  text: string;
  staff?: StaffMember;
}): string {
  return consolePage({
    title,
    staff,
    body: (
      <section class="notice-page">
        <h1>{title}</h1>
        <p>{text}</p>
        <p>
          <a class="button" href="/console">
            {words.refused.home}
          </a>
        </p>
      </section>
    ),
  });
}

function Page({ title, staff, active, body, scripts = [], styles = [], shape = "reading" }: PageParts) {
  return (
    <html lang={words.lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} — ${words.brand}`}</title>
        <link rel="icon" href="/console/assets/icon.svg" type="image/svg+xml" />
        <link rel="manifest" href="/console/assets/manifest.webmanifest" />
        {["console.css", ...styles].map((file) => (
          <link key={file} rel="stylesheet" href={`/console/assets/${file}`} />
        ))}
        {[...(staff === undefined ? [] : ["session.js"]), ...scripts].map((file) => (
          <script key={file} type="module" src={`/console/assets/${file}`} />
        ))}
      </head>
      <body class={shape}>
        <a class="skip" href="#isi">
          {words.nav.skip}
        </a>
        <header class="top">
          <a class="brand" href="/console">
            {words.brand}
          </a>
          {staff === undefined ? null : <Menu staff={staff} active={active} />}
        </header>
        <main id="isi" tabIndex={-1}>
          {body}
        </main>
        {staff === undefined ? null : <SessionWarning />}
      </body>
    </html>
  );
}

function Menu({ staff, active }: { staff: StaffMember; active: ScreenId | undefined }) {
  return (
    <>
      <nav aria-label={words.nav.label}>
        {screensFor(staff).map((screen) => (
          <a
            key={screen.id}
            href={`/console${screen.path}`}
            data-screen={screen.id}
            aria-current={screen.id === active ? "page" : undefined}
          >
            {screen.label}
          </a>
        ))}
      </nav>
      <details class="me">
        <summary>
          <span class="unseen">{words.nav.menuOf("")}</span>
          {staff.name}
        </summary>
        <div class="pop">
          <p class="quiet">{staff.roles.map((role) => words.roles[role]).join(", ")}</p>
          <a href="/console/account">{words.nav.account}</a>
          <form method="post" action="/console/logout">
            <button type="submit">{words.nav.signOut}</button>
          </form>
        </div>
      </details>
    </>
  );
}

/** Shown by session.js two minutes before the session ends. */
function SessionWarning() {
  return (
    <dialog id="session-warning" aria-labelledby="session-title" data-ended={words.session.ended}>
      <h2 id="session-title">{words.session.title}</h2>
      <p>{words.session.text}</p>
      <p class="actions">
        <button type="button" class="main" data-do="extend">
          {words.session.extend}
        </button>
        <a class="button" href="/console/login" hidden>
          {words.session.again}
        </a>
      </p>
    </dialog>
  );
}
