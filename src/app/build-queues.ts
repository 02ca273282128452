/** Ties the queues to each other and to what decides and sends. */
import { createSendClient } from "../messenger/send-client.js";
import { createAlarmClock } from "../queues/alarm.js";
import { createInbox } from "../queues/inbox.js";
import { createLanes } from "../queues/lanes.js";
import { createOutbox } from "../queues/outbox.js";
import { createSharing } from "../queues/sharing.js";
import type { InboundEvent } from "../vocabulary/event.js";
import { createDeciding } from "./deciding.js";
import type { Parts } from "./start.js";

/** How long a call to the Graph API may take before the message is in doubt. */
const SEND_TIMEOUT_MS = 10_000;
/** Texts of others that a new process looks back at, to see copies. */
const EARLIER_TEXTS = 200;

/** What has arrived and what is on its way. */
export type Queues = Awaited<ReturnType<typeof buildQueues>>;

/** Nothing moves yet: each is started by itself. */
export async function buildQueues(parts: Parts) {
  const { store, library, messenger, metrics, desk, now, log, config, graphApiUrl } = parts;
  const { pageId, pageToken, appSecret } = messenger;
  const client = createSendClient({
    graphApiUrl,
    pageId,
    pageToken,
    appSecret,
    timeoutMs: SEND_TIMEOUT_MS,
    hasHumanAgent: config.hasHumanAgent,
    readFile: (citizen, id) => parts.sentFiles.read(citizen, id),
    log,
  });
  const deciding = createDeciding(
    {
      store,
      mind: library.mind,
      zone: config.timezone,
      appId: messenger.appId,
      gatherMs: config.gatherMs,
      botReturnsMs: config.botReturnsMs,
      claimMs: config.claimMs,
      hasHumanAgent: config.hasHumanAgent,
      now,
    },
    await store.recentTexts(now() - 60 * 60 * 1000, EARLIER_TEXTS),
  );
  const { shared } = store;
  const sharing =
    shared === undefined
      ? undefined
      : createSharing({ store, shared, queues: () => ({ lanes, outbox }), now, log });
  const outbox = createOutbox({
    store,
    ownership:
      shared === undefined || sharing === undefined
        ? undefined
        : {
            isOurs: shared.isOurs,
            wentOut: shared.wentOut,
            instances: shared.instances,
            onIdle: sharing.settle,
          },
    send: (item) => client.send(item.citizen, item.reply, { key: item.key, speaker: item.speaker }),
    sign: (citizen, sign) => client.sign(citizen, sign),
    now,
    log,
    sendsPerSecond: config.sendsPerSecond,
    onAttempt: metrics.sent,
    onSettled: desk.delivered,
  });
  const lanes = createLanes({
    store,
    sharing,
    decide: deciding.decide,
    giveUp: deciding.giveUp,
    now,
    log,
    onTurn(items, turn, event, decideMs) {
      metrics.decided(turn, decideMs);
      desk.decided(turn, event);
      if (event.citizen !== undefined) for (const sign of turn.signs) outbox.sign(event.citizen, sign);
      // Of somebody who was removed nothing stays, what waited to be sent least of all.
      if (turn.erase !== undefined && event.citizen !== undefined) outbox.replace(event.citizen, items);
      else outbox.push(items);
    },
  });
  const onAccepted = (events: readonly InboundEvent[]): void => {
    metrics.accepted(events);
    desk.accepted(events);
  };
  const inbox = createInbox({ store, lanes, outbox, now, onAccepted });
  const alarms = createAlarmClock({ store, lanes, now, log });
  return { outbox, lanes, inbox, alarms, sharing };
}
