/** Watches the library's files: a change is told when it has come to rest, so that nothing half-written is read. */
import { watch } from "chokidar";
import type { Problem } from "./problems.js";

export interface LibraryWatcher {
  /** As if a file had changed. */
  look(): void;
  close(): Promise<void>;
}

/** Editors save in several steps; after this much quiet the files are read. */
const QUIET_MS = 300;

/** Calls `onChange` after each change that has come to rest, one call after the other. */
export function watchLibrary(
  folder: string,
  on: { onChange: () => Promise<void>; onProblems: (problems: Problem[]) => void },
): LibraryWatcher {
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (file, stats) => stats?.isFile() === true && !/\.ya?ml$/i.test(file),
  });
  const look = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // One after the other: an older reading must not win over a newer one.
      reading = reading.then(on.onChange).catch(() => {
        on.onProblems([
          {
            file: folder,
            line: 1,
            column: 1,
            severity: "salah",
            message: "Folder pustaka tidak bisa dibaca.",
          },
        ]);
      });
    }, QUIET_MS);
  };
  watcher.on("all", look);
  // Without a listener such an error would end the program: too many watched files, a folder that was taken away.
  watcher.on("error", () => {
    on.onProblems([
      {
        file: folder,
        line: 1,
        column: 1,
        severity: "salah",
        message:
          "Perubahan berkas tidak bisa diamati. Perubahan baru dipakai setelah server dijalankan ulang.",
      },
    ]);
  });
  return {
    look,
    async close() {
      clearTimeout(timer);
      await watcher.close();
      await reading;
    },
  };
}
