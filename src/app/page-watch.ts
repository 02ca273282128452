/** Asks Facebook now and then how the connection with the page stands, so that the health page can say it at once. */
import { readPageState, type PageState } from "../messenger/page-state.js";
import type { PageKeys } from "../messenger/page-setup.js";

const EVERY_MS = 60 * 60 * 1000;

export interface PageWatch {
  /** What was told last; undefined before the first answer. */
  state(): PageState | undefined;
  stop(): void;
}

export function watchPage(keys: PageKeys): PageWatch {
  let state: PageState | undefined;
  const look = async (): Promise<void> => {
    state = await readPageState(keys);
  };
  void look();
  const timer = setInterval(() => void look(), EVERY_MS).unref();
  return { state: () => state, stop: () => clearInterval(timer) };
}
