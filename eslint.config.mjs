import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "data/", "coverage/", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Taking a field out by naming it beside the rest is the plain way to leave it out.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Our parts are closures, not classes: their functions have no `this` to lose.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
    },
  },
  {
    // The replay engine is known in one place; Telegram, which it brings along, in another, for alerts to staff.
    files: ["src/**"],
    ignores: ["src/dialogues/engine.ts", "src/console/alerts/telegram.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@grammyjs/**"], message: "Only src/dialogues/engine.ts knows the replay engine." },
            {
              group: ["grammy", "grammy/**"],
              message: "Only src/console/alerts/telegram.ts knows Telegram.",
            },
          ],
        },
      ],
    },
  },
  {
    // A dialogue that falls asleep is abandoned: what stands in `finally` would never run.
    files: ["src/dialogues/**"],
    ignores: ["src/dialogues/engine.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "TryStatement[finalizer]", message: "A dialogue that falls asleep never comes here." },
      ],
    },
  },
  {
    // The replay engine waits by timers: with fake ones it hangs. Time is an argument.
    files: ["test/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "CallExpression[callee.property.name='useFakeTimers']", message: "Push time instead." },
      ],
    },
  },
  {
    files: ["scripts/**", "test/**"],
    rules: { "no-console": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  { files: ["*.config.js", "test/**/*.cjs"], languageOptions: { globals: globals.node } },
  { files: ["src/**/browser/**/*.js"], languageOptions: { globals: globals.browser } },
);
