/** The live line of a page: server-sent events that say what changed, never what was written. */
import type { Request, Response } from "express";
import type { Newsroom, News } from "./news.js";

/** Changes of this long are told together. */
const GATHER_MS = 300;
const ALIVE_MS = 15_000;
/** More conversations than this are "many": the page looks at its whole list anyway. */
const MOST_NAMED = 200;

/**
 * Tells a page which conversations and tickets have changed, as `{"conversations":[…],"tickets":[…]}`, until it goes.
 * `isBehind`: something has changed since the page was made. `isWelcome` is asked from time to time: a session that has
 * ended ends its line. `onEnd` is called once.
 */
export function streamNews(
  request: Request,
  response: Response,
  parts: { news: Newsroom; isBehind: boolean; isWelcome: () => Promise<boolean>; onEnd?: () => void },
): void {
  response.set({
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.flushHeaders();
  response.write("retry: 2000\n\n");
  const conversations = new Set<string>();
  const tickets = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    timer = undefined;
    const changed = { conversations: [...conversations], tickets: [...tickets] };
    conversations.clear();
    tickets.clear();
    // A page that does not read is not written to without end: it asks anew when it is back.
    if (response.writableLength < 64 * 1024) response.write(`data: ${JSON.stringify(changed)}\n\n`);
  };

  const note = (news: News): void => {
    // Pages hear of it as presence.
    if (news.kind === "here") return;
    if (news.kind === "ticket") tickets.add(news.ticket);
    else if (conversations.size < MOST_NAMED) conversations.add(news.citizen);
    timer ??= setTimeout(flush, GATHER_MS);
  };

  if (parts.isBehind) flush();
  const unfollow = parts.news.follow(note);
  const alive = setInterval(() => {
    response.write(": ok\n\n");
    parts.isWelcome().then(
      (isWelcome) => isWelcome || response.end(),
      () => response.end(),
    );
  }, ALIVE_MS);
  alive.unref();
  request.on("close", () => {
    clearInterval(alive);
    clearTimeout(timer);
    unfollow();
    parts.onEnd?.();
  });
}
