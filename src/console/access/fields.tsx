/** The secret fields of forms: passwords and codes. Pasting and password managers work in all of them (WCAG 3.3.8). */

import type { InputHTMLAttributes } from "preact";

interface Field {
  id: string;
  label: string;
  hint?: string;
}

/** `isNew`: a password is chosen here; `shortest` counts only then. */
export function PasswordField({
  isNew = false,
  shortest,
  longest,
  ...field
}: Field & { isNew?: boolean; shortest?: number; longest: number }) {
  return (
    <SecretField
      {...field}
      input={{
        type: "password",
        autoComplete: isNew ? "new-password" : "current-password",
        minLength: shortest,
        maxLength: longest,
        required: true,
      }}
    />
  );
}

/** `isDigits`: only the app's six digits count; otherwise a backup code may be typed, too. */
export function CodeField({
  isDigits = false,
  isRequired = true,
  ...field
}: Field & { isDigits?: boolean; isRequired?: boolean }) {
  return (
    <SecretField
      {...field}
      input={{
        autoComplete: "one-time-code",
        inputMode: isDigits ? "numeric" : "text",
        pattern: isDigits ? "[0-9 ]{6,7}" : undefined,
        maxLength: isDigits ? 7 : 20,
        required: isRequired,
      }}
    />
  );
}

function SecretField({ id, label, hint, input }: Field & { input: InputHTMLAttributes }) {
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={id} {...input} aria-describedby={hintId} />
      {hint === undefined ? null : (
        <span class="hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
}
