/** Somebody of the staff of a server that runs as a process of its own: made before it starts, signed in over HTTP. */
import path from "node:path";
import { hashPassword } from "../../src/console/access/password";
import { newTotpSecret } from "../../src/console/access/second-factor";
import { newId } from "../../src/console/access/sessions";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import type { Role } from "../../src/vocabulary/staff";
import { codeOf, createVisitor, PASSWORD, type Visitor } from "./console";

export interface Employee {
  login: string;
  totpSecret: string;
}

/** Makes an account in the database of a server that does not run yet. */
export async function employ(dataDir: string, login: string, roles: Role[] = ["officer"]): Promise<Employee> {
  const store = await openSqliteStore(path.join(dataDir, "sabar.db"));
  const totpSecret = newTotpSecret();
  const staff = {
    id: newId(),
    login,
    name: login.slice(0, 1).toUpperCase() + login.slice(1),
    roles,
    state: "active" as const,
    passwordHash: await hashPassword(PASSWORD),
    totpSecret,
    totpStep: 0,
    isDemo: false,
    createdAt: Date.now(),
  };
  await store.access.commitAccess(
    { kind: "add-staff", staff },
    { action: "staff-added", object: `staff:${staff.id}` },
    Date.now(),
  );
  await store.close();
  return { login, totpSecret };
}

/** A browser in which this person has signed in. */
export async function signInAt(url: string, { login, totpSecret }: Employee): Promise<Visitor> {
  const visitor = createVisitor(url);
  const answer = await visitor.post("/console/login", {
    login,
    password: PASSWORD,
    code: codeOf(totpSecret, Date.now()),
  });
  if (answer.status !== 303) throw new Error(`${login} could not sign in: ${answer.status}`);
  return visitor;
}
