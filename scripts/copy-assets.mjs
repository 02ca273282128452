// Copies what a browser loads (src/**/browser/*) beside the compiled files.
import { cpSync, readdirSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
for (const entry of readdirSync(path.join(root, "src"), { withFileTypes: true, recursive: true })) {
  if (!entry.isDirectory() || entry.name !== "browser") continue;
  const folder = path.join(entry.parentPath, entry.name);
  cpSync(folder, folder.replace(path.join(root, "src"), path.join(root, "dist")), { recursive: true });
}
