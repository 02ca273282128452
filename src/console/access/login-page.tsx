/** The page where people sign in. */
import { consolePage } from "../layout.js";
import { Said } from "../said.js";
import { words } from "../words/words.js";
import { CodeField, PasswordField } from "./fields.js";

export interface LoginPageParts {
  next: string;
  login?: string;
  error?: string;
  notice?: string;
  /** Demo accounts need no code. */
  hasDemo: boolean;
}

export function loginPage({ next, login, error, notice, hasDemo }: LoginPageParts): string {
  const { login: say } = words;
  return consolePage({
    title: say.title,
    body: (
      <section class="card sign-in">
        <h1>{say.title}</h1>
        <Said error={error} notice={notice} />

        <form method="post" action="/console/login">
          <input type="hidden" name="next" value={next} />
          <div class="field">
            <label for="login">{say.login}</label>
            <input
              id="login"
              name="login"
              value={login}
              autoComplete="username"
              autoCapitalize="none"
              spellcheck={false}
              required
              maxLength={64}
            />
          </div>
          <PasswordField id="password" label={say.password} longest={256} />
          <CodeField
            id="code"
            label={say.code}
            hint={hasDemo ? `${say.codeHint} ${say.demo}` : say.codeHint}
            isRequired={!hasDemo}
          />
          <button type="submit" class="main">
            {say.submit}
          </button>
        </form>
      </section>
    ),
  });
}
