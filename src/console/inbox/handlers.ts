/** Kotak Masuk: the list by itself, and the live line of every page. */
import { isPushed, refuse, sessionOf, staffOf } from "../access/guard.js";
import { streamNews } from "../live/stream.js";
import type { Handlers } from "../routes.js";
import { words } from "../words/words.js";
import { readBanners, readList, type DeskParts } from "./desk.js";
import { workPage } from "./page.js";
import { readWanted } from "./views.js";

export function inboxHandlers(
  parts: DeskParts,
): Pick<Handlers, "GET /inbox" | "GET /live" | "GET /quick-replies"> {
  return {
    "GET /inbox": async (request, response) => {
      const wanted = readWanted(request.query);
      if (wanted === undefined) {
        refuse(request, response, { status: 400, ...words.refused.badValue });
        return;
      }
      const me = staffOf(response);
      const mark = parts.news.mark();
      const list = await readList(parts, { wanted, request, me });
      const banners = await readBanners(parts);
      response.type("html").send(workPage({ list, mark, staff: me, banners, isPushed: isPushed(response) }));
    },
    "GET /quick-replies": (_request, response) => {
      const replies = Object.entries(parts.library().records.quickReplies).map(
        ([key, { judul, kelompok, isi }]) => ({
          key,
          title: judul,
          group: kelompok,
          text: parts.fillText(isi.trim()),
        }),
      );
      response.json({ replies });
    },
    "GET /live": async (request, response) => {
      const me = staffOf(response);
      const asked: unknown = request.query.conversation;
      const citizen = typeof asked === "string" ? asked : undefined;
      const isKnown = citizen !== undefined && (await parts.store.desk.listing(citizen)) !== undefined;
      // Nothing is waited for from here on: what has not changed by now is heard.
      const { seen } = request.query;
      const isBehind = typeof seen === "string" && seen !== parts.news.mark();
      const leave = isKnown ? parts.presence.open(citizen, me) : undefined;
      const { tokenHash } = sessionOf(response);
      streamNews(request, response, {
        news: parts.news,
        isBehind,
        isWelcome: async () => (await parts.store.access.session(tokenHash))?.staff.state === "active",
        ...(leave && { onEnd: leave }),
      });
    },
  };
}
