/** `npm run staff`: who may sign in at the console. The first administrator is made here; the rest can be done there. */
import { parseArgs } from "node:util";
import { config as loadDotenv } from "dotenv";
import { readConfig, type Config } from "../src/app/config.js";
import { openStore } from "../src/app/open-store.js";
import { isLogin, newSetupLink, newStaff } from "../src/console/access/setup-link.js";
import type { Store } from "../src/storage/port.js";
import { ROLES, type Role } from "../src/vocabulary/staff.js";
import { runScript } from "./operator.js";

const USAGE = `Who may sign in at the console:

  npm run staff -- add LOGIN --name "Full Name" [--role ROLE]…   adds a person and prints a set-up link
  npm run staff -- link LOGIN                                    a new link; password and codes of before end at once
  npm run staff -- list                                          everybody

Roles: ${ROLES.join(", ")}. Without --role it is administrator. The link works once, within 72 hours.
A running server holds the database: stop it first, or use Pengaturan in the console instead.`;

runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { name: { type: "string" }, role: { type: "string", multiple: true } },
  });
  const [command, login = ""] = positionals;
  if (command === undefined || !["add", "link", "list"].includes(command)) return say(USAGE, false);
  loadDotenv({ quiet: true });
  const config = readConfig(process.env);
  const store = await openStore(config);
  try {
    if (command === "list") return await list(store);
    if (!isLogin(login))
      return say(
        `"${login}" cannot be a login: write 3 to 40 small letters, digits, dots or dashes.\n\n${USAGE}`,
        false,
      );
    return command === "add"
      ? await add(store, config, { login, name: values.name, roles: values.role ?? ["administrator"] })
      : await renew(store, config, login);
  } finally {
    await store.close();
  }
});

async function add(
  store: Store,
  config: Config,
  { login, name, roles }: { login: string; name: string | undefined; roles: string[] },
): Promise<boolean> {
  const known = roles.filter((role): role is Role => ROLES.some((each) => each === role));
  if (name === undefined || name.trim() === "")
    return say('Add --name "Full Name", as colleagues read it.', false);
  if (known.length !== roles.length) return say(`The roles are ${ROLES.join(", ")}.`, false);
  if (known.includes("agency"))
    return say("People of an agency are added in the console, where the agency is chosen.", false);
  const now = Date.now();
  const staff = newStaff({ login, name: name.trim(), roles: known }, now);
  const { link, path } = newSetupLink(staff.id, now);
  const isAdded = await store.access.commitAccess(
    { kind: "add-staff", staff, link },
    {
      action: "staff-added",
      object: `staff:${staff.id}`,
      detail: { name: staff.name, roles: known.join(" ") },
    },
    now,
  );
  return isAdded
    ? say(
        `${staff.name} may set the account up, once, within 72 hours:\n\n  ${addressOf(config, path)}\n`,
        true,
      )
    : say(`The login ${login} is taken. For a new link: npm run staff -- link ${login}`, false);
}

async function renew(store: Store, config: Config, login: string): Promise<boolean> {
  const staff = await store.access.staffByLogin(login);
  if (staff === undefined) return say(`Nobody has the login ${login}.`, false);
  const now = Date.now();
  const { link, path } = newSetupLink(staff.id, now);
  const isMade = await store.access.commitAccess(
    { kind: "new-link", link },
    { action: "setup-link-made", object: `staff:${staff.id}`, detail: { name: staff.name } },
    now,
  );
  return isMade
    ? say(
        `Password and codes of ${staff.name} have ended. The new link:\n\n  ${addressOf(config, path)}\n`,
        true,
      )
    : say(`${staff.name} is disabled, or a demo account. Enable people in the console first.`, false);
}

async function list(store: Store): Promise<boolean> {
  const everybody = await store.access.allStaff();
  if (everybody.length === 0) return say("Nobody yet.", true);
  const width = Math.max(...everybody.map(({ login }) => login.length));
  for (const { login, name, roles, state } of everybody)
    console.log(`${login.padEnd(width)}  ${state.padEnd(8)}  ${name} (${roles.join(", ")})`);
  return true;
}

function addressOf(config: Config, path: string): string {
  const here = `http://localhost:${config.port}`;
  return `${config.messenger === undefined ? here : (config.publicUrl ?? here)}${path}`;
}

function say(sentence: string, ok: boolean): boolean {
  console.log(sentence);
  return ok;
}
