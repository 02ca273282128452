/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    // Without Node's own modules: what is imported late in a program is required in a test.
    "^.+\\.tsx?$": ["ts-jest", { tsconfig: "tsconfig.jest.json" }],
    "\\.mjs$": "<rootDir>/test/support/esm-to-commonjs.cjs",
  },
  // Preact is published as ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!preact/)"],
  // TypeScript's imports name the compiled file; Jest reads the source.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  globalSetup: "<rootDir>/test/support/left-out.ts",
  testTimeout: 60_000,
};
