/** Ready accounts for whoever tries the simulator. They need no code, and are refused as soon as a real page is connected. */
import { randomInt } from "node:crypto";
import type { AccessStore } from "../../storage/access-port.js";
import type { Role } from "../../vocabulary/staff.js";
import { hashPassword } from "./password.js";
import { newId } from "./sessions.js";

const PEOPLE: { login: string; name: string; roles: Role[] }[] = [
  { login: "sari-demo", name: "Sari", roles: ["officer", "administrator"] },
  { login: "rudi-demo", name: "Rudi", roles: ["officer"] },
  { login: "rina-demo", name: "Rina", roles: ["editor", "approver"] },
];

const SYLLABLES = ["ba", "du", "ka", "la", "mi", "na", "pe", "ra", "sa", "ti", "wa", "yu"];

/** What is printed for the newcomer. */
export interface DemoLogin {
  logins: string[];
  password: string;
}

/** Makes the accounts, or gives them a new password: one password a start, known to whoever sees the terminal. */
export async function makeDemoStaff(access: AccessStore, now: number): Promise<DemoLogin> {
  const password = Array.from({ length: 4 }, () => SYLLABLES[randomInt(SYLLABLES.length)] ?? "")
    .concat("-", String(randomInt(100_000, 1_000_000)))
    .join("");
  const passwordHash = await hashPassword(password);
  for (const { login, name, roles } of PEOPLE) {
    const known = await access.staffByLogin(login);
    if (known === undefined)
      await access.commitAccess(
        {
          kind: "add-staff",
          staff: {
            id: newId(),
            login,
            name,
            roles,
            state: "active",
            passwordHash,
            totpStep: 0,
            isDemo: true,
            createdAt: now,
          },
        },
        { action: "staff-added", object: `staff:${login}`, detail: { name, demo: "1" } },
        now,
      );
    else if (known.isDemo)
      await access.commitAccess(
        { kind: "password", staff: known.id, passwordHash },
        { action: "password-changed", object: `staff:${known.id}`, detail: { name, demo: "1" } },
        now,
      );
  }
  return { logins: PEOPLE.map(({ login }) => login), password };
}
