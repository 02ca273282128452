/** A library as it was: a folder, or the `intents` of a git revision written to a temporary folder. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface LibraryFolder {
  folder: string;
  /** Removes what was only written for this. */
  clean(): void;
}

/** `where`: an existing folder, else a git revision of this repository, whose `intentsDir` is taken. Throws a clear sentence. */
export function libraryAt(where: string, intentsDir: string): LibraryFolder {
  if (existsSync(where)) return { folder: where, clean: () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-library-"));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const git = (...args: string[]): Buffer =>
      execFileSync("git", args, { stdio: ["ignore", "pipe", "ignore"] });
    const root = path.relative(
      git("rev-parse", "--show-toplevel").toString().trim(),
      path.resolve(intentsDir),
    );
    const prefix = root.split(path.sep).join("/");
    const names = git("ls-tree", "-r", "--full-tree", "--name-only", where, "--", prefix)
      .toString()
      .split("\n");
    for (const name of names.filter((each) => /\.ya?ml$/.test(each))) {
      const target = path.join(folder, path.posix.relative(prefix, name));
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, git("show", `${where}:${name}`));
    }
    if (!names.some((name) => name.endsWith(".yaml"))) throw new Error("empty");
    return { folder, clean };
  } catch {
    clean();
    throw new Error(`"${where}" bukan folder dan bukan revisi git yang berisi ${intentsDir}.`);
  }
}
