/** What the console needs of the running server, beyond its store. */
import { fill } from "../answers/fill.js";
import { calendarOf, isOpen } from "../answers/opening-hours.js";
import { createAlerts, type Alerts } from "../console/alerts/alerts.js";
import { browserChannel, groupChannel } from "../console/alerts/channels.js";
import { createTelegramSink } from "../console/alerts/telegram.js";
import { createActing } from "../console/conversation/act.js";
import type { DeskParts } from "../console/inbox/desk.js";
import { createNewsroom, type Newsroom } from "../console/live/news.js";
import { createPresence } from "../console/live/presence.js";
import { createLastHeard } from "../console/inbox/last-heard.js";
import { createPush, type Push } from "../console/push/push.js";
import type { Pictures } from "../media/pictures.js";
import { moveSentence } from "../turns/move-sentence.js";
import type { InboundEvent } from "../vocabulary/event.js";
import type { Turn } from "../vocabulary/turn.js";
import { describeError } from "./log.js";
import type { Queues } from "./build-queues.js";
import type { Parts } from "./start.js";

/** The newsroom of a server, and what the queues tell it. */
export interface Desk {
  news: Newsroom;
  push: Push;
  decided(turn: Turn, event: InboundEvent): void;
  accepted(events: readonly InboundEvent[]): void;
  delivered(citizen: string): void;
}

export function createDesk({
  store,
  sentFiles,
  config,
  now,
  log,
}: Pick<Parts, "store" | "sentFiles" | "config" | "now" | "log">): Desk {
  const news = createNewsroom();
  const { publicUrl } = config;
  // Whoever makes browsers may ask there about what is sent.
  const contact = publicUrl?.startsWith("https://") === true ? publicUrl : "mailto:sabar@localhost";
  return {
    news,
    push: createPush({ access: store.access, contact, now }),
    decided(turn, event) {
      if (event.citizen !== undefined) news.tell({ kind: "turn", citizen: event.citizen, event: event.id });
      // What a crash leaves here goes with the days that everything is kept.
      if (turn.erase !== undefined && event.citizen !== undefined)
        sentFiles.erase(event.citizen).catch((error: unknown) => {
          log.error(describeError(error), "files sent to somebody who was removed go with the days only");
        });
      for (const change of turn.tickets ?? [])
        news.tell({ kind: "ticket", ticket: change.kind === "file" ? change.ticket.id : change.id });
    },
    accepted(events) {
      for (const { body, citizen } of events)
        if (citizen !== undefined && (body.kind === "read" || body.kind === "delivery"))
          news.tell({ kind: "delivery", citizen });
    },
    delivered: (citizen) => news.tell({ kind: "delivery", citizen }),
  };
}

/** Tells the browsers of staff, and the Telegram group of the settings where there is one. */
export function alertsOf(parts: Parts, url: string): Alerts {
  const { store, config, desk, log, now } = parts;
  const group = { consoleUrl: `${config.publicUrl ?? url}/console`, hasSnippet: config.hasAlertSnippet };
  return createAlerts({
    desk: store.desk,
    tallies: store.tallies,
    channels: [
      browserChannel(desk.push, store.access),
      ...(config.telegram === undefined ? [] : [groupChannel(createTelegramSink(config.telegram), group)]),
    ],
    isServiceTime: (at) => isServiceTime(parts, at),
    now,
    onFailure: (error) =>
      log.warn(
        { error: error instanceof Error ? error.name : typeof error },
        "an alert could not be sent; trying again",
      ),
  });
}

/** True while staff are at work by the library's hours. */
function isServiceTime({ library, config }: Parts, at: number): boolean {
  return isOpen(calendarOf("petugas", library.mind().library.records, config.timezone), at);
}

/** Everything the pages of Kotak Masuk work with. */
export function deskParts(parts: Parts & { queues: Queues; pictures: Pictures }): DeskParts {
  const { store, library, desk, messenger, queues, config, now } = parts;
  const { news } = desk;
  return {
    store,
    library: () => library.mind().library,
    news,
    presence: createPresence({ news, now }),
    push: desk.push,
    acting: createActing({
      store: store.desk,
      news,
      accept: (events) => queues.inbox.accept(events),
      page: messenger.pageId,
      now,
    }),
    deliver: (items) => queues.outbox.push(items),
    picture: (id) => parts.pictures.read(id),
    keepFile: (citizen, bytes, name) => parts.sentFiles.keep(citizen, bytes, name),
    dropFile: (citizen, id) => parts.sentFiles.drop(citizen, id),
    readFile: (citizen, id) => parts.sentFiles.read(citizen, id),
    keepPhoto: async (bytes, ticket, citizen) =>
      (await parts.pictures.keepUpload(bytes, ticket, citizen))?.id,
    sentenceFor: (ticket, move, into) =>
      moveSentence(ticket, move, {
        library: library.mind().library,
        zone: config.timezone,
        now: now(),
        into,
      }),
    fillText: (text) =>
      fill(text, {
        records: library.mind().library.records,
        agency: "humas",
        zone: config.timezone,
        now: now(),
      }).text,
    isServiceTime: (at) => isServiceTime(parts, at),
    lastHeard: createLastHeard(store, now()),
    hasHumanAgent: config.hasHumanAgent,
    zone: config.timezone,
    now,
  };
}
