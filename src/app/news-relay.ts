/** Lets the console's news of one instance be heard in the others. */
import type { Logger } from "pino";
import type { News, Newsroom } from "../console/live/news.js";
import type { SharedLanes } from "../storage/port.js";
import { describeError } from "./log.js";

const EVERY_MS = 500;
/** More in one go is old news by the time it is read. */
const MOST_AT_ONCE = 500;

/** Begins; the returned function ends it. News that cannot be passed on is dropped: pages also look by themselves. */
export function relayNews(newsroom: Newsroom, shared: SharedLanes, log: Logger): () => void {
  let own: string[] = [];
  let isHearing = false;
  let isRunning = false;
  const unfollow = newsroom.follow((news) => {
    // Who is where goes round as "here"; what it means for the pages each instance sees by itself.
    if (!isHearing && news.kind !== "presence" && own.length < MOST_AT_ONCE) own.push(JSON.stringify(news));
  });
  const pass = async (): Promise<void> => {
    const words = own;
    own = [];
    await shared.call(words);
    const heard = await shared.hear();
    isHearing = true;
    // Only the function above makes these words.
    for (const word of heard) newsroom.tell(JSON.parse(word) as News);
    isHearing = false;
  };
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    pass()
      .catch((error: unknown) => log.warn(describeError(error), "news could not be passed on"))
      .finally(() => {
        isRunning = false;
        isHearing = false;
      });
  }, EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    unfollow();
  };
}
