/** Name, roles and agency of a person: the fields, and what a filled-in form says. */
import { ROLES, type Role, type StaffRecord } from "../../vocabulary/staff.js";
import type { Form } from "../form.js";
import { words } from "../words/words.js";

/** The agencies of the library: id and name. */
export type Agencies = readonly { id: string; name: string }[];

export type StaffWish = Pick<StaffRecord, "name" | "roles" | "agency">;

/** What the form asks for; a sentence where it cannot be. Roles and agencies that do not exist were not in the form. */
export function readStaffWish(form: Form, agencies: Agencies): StaffWish | { error: string } {
  const name = form.text("name", 80).trim().replace(/\s+/g, " ");
  const asked = form.all("roles");
  const roles: Role[] = ROLES.filter((role) => asked.includes(role));
  const agency = agencies.find(({ id }) => id === form.text("agency", 80))?.id;
  if (name === "") return { error: words.staff.problems.name };
  if (roles.length === 0 || asked.some((role) => !roles.some((known) => known === role)))
    return { error: words.staff.problems.roles };
  if (!roles.includes("agency")) return { name, roles };
  return agency === undefined ? { error: words.staff.problems.agency } : { name, roles, agency };
}

export function StaffFields({ wish, agencies }: { wish: Partial<StaffWish>; agencies: Agencies }) {
  const say = words.staff;
  return (
    <>
      <div class="field">
        <label for="name">{say.name}</label>
        <input id="name" name="name" value={wish.name} required maxLength={80} autoComplete="off" />
      </div>
      <fieldset>
        <legend>{say.roles}</legend>
        {ROLES.map((role) => (
          <label key={role} class="choice">
            <input type="checkbox" name="roles" value={role} checked={wish.roles?.includes(role) ?? false} />
            <span>
              {words.roles[role]}
              <span class="hint quiet small">{say.roleMeaning[role]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="agency">{say.agency}</label>
        <select id="agency" name="agency">
          <option value="">{say.noAgency}</option>
          {agencies.map(({ id, name }) => (
            <option key={id} value={id} selected={wish.agency === id}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
