/** The pages behind a set-up link, and the page that shows backup codes once. */
import type { SetupLink, StaffMember, StaffRecord } from "../../vocabulary/staff.js";
import { consolePage } from "../layout.js";
import { Said } from "../said.js";
import { words } from "../words/words.js";
import { CodeField } from "./fields.js";
import { PasswordFields } from "./password-fields.js";
import { QrCode } from "./qr-code.js";
import { totpAddress } from "./second-factor.js";

export interface SetUpPageParts {
  staff: StaffRecord;
  link: SetupLink;
  token: string;
  error?: string;
}

export function setUpPage({ staff, link, token, error }: SetUpPageParts): string {
  const say = words.setUp;
  const address = totpAddress(link.totpSecret, { issuer: words.brand, login: staff.login });
  return consolePage({
    title: say.title,
    body: (
      <>
        <h1>{say.title}</h1>
        <p>{say.welcome(staff.name, staff.roles.map((role) => words.roles[role]).join(", "))}</p>
        <Said error={error} />
        <form method="post" action={`/console/setup/${token}`}>
          {/* Tells password managers for whom the password is. */}
          <input
            class="unseen"
            name="login"
            value={staff.login}
            autoComplete="username"
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <section class="card">
            <h2>{say.stepPassword}</h2>
            <p>
              {say.yourLogin} <strong class="code">{staff.login}</strong>
            </p>
            <PasswordFields />
          </section>
          <section class="card">
            <h2>{say.stepApp}</h2>
            <p>{say.scan}</p>
            <div class="authenticator">
              <QrCode text={address} label={say.qrLabel} />
              <div>
                <p>
                  <a class="button" href={address}>
                    {say.openApp}
                  </a>
                </p>
                <p class="quiet">{say.typeInstead}</p>
                <p class="code secret">{link.totpSecret.replace(/(.{4})(?=.)/g, "$1 ")}</p>
              </div>
            </div>
            <CodeField id="code" label={say.code} isDigits />
          </section>
          <button type="submit" class="main">
            {say.submit}
          </button>
        </form>
      </>
    ),
  });
}

/** Shown once, in the answer to the form that made the codes. */
export function backupCodesPage({
  codes,
  isNewAccount,
  staff,
}: {
  codes: string[];
  isNewAccount: boolean;
  staff?: StaffMember;
}): string {
  const say = words.backupCodes;
  return consolePage({
    title: say.title,
    staff,
    body: (
      <>
        <h1>{say.title}</h1>
        {isNewAccount ? (
          <p class="notice" role="status">
            {say.ready}
          </p>
        ) : null}
        <section class="card">
          <p>{say.keep}</p>
          <ul class="codes">
            {codes.map((code) => (
              <li key={code} class="code">
                {code}
              </li>
            ))}
          </ul>
          <p class="quiet">{say.once}</p>
        </section>
        <p>
          <a class="button main" href={isNewAccount ? "/console/login" : "/console/account"}>
            {isNewAccount ? say.toLogin : say.toAccount}
          </a>
        </p>
      </>
    ),
  });
}
