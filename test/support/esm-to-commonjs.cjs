/** Lets Jest read packages that are written as ES modules only: each file becomes CommonJS on the way in. */
const { createHash } = require("node:crypto");
const ts = require("typescript");

const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 };

module.exports = {
  process: (source) => ({ code: ts.transpileModule(source, { compilerOptions }).outputText }),
  getCacheKey: (source, file) => createHash("sha256").update(`${ts.version} ${file} ${source}`).digest("hex"),
};
