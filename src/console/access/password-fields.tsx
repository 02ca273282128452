/** The two fields in which a password is chosen. */
import { words } from "../words/words.js";
import { PasswordField } from "./fields.js";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password.js";

export function PasswordFields() {
  const say = words.password;
  const lengths = { isNew: true, shortest: SHORTEST_PASSWORD, longest: LONGEST_PASSWORD };
  return (
    <>
      <PasswordField id="password" label={say.chosen} hint={say.hint} {...lengths} />
      <PasswordField id="again" label={say.again} {...lengths} />
    </>
  );
}
