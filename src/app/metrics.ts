/** Counters for Prometheus: how much came in, what was decided, how sending went. Never who or what was said. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Store } from "../storage/port.js";
import type { Delivery } from "../vocabulary/delivery.js";
import type { InboundEvent } from "../vocabulary/event.js";
import type { Turn } from "../vocabulary/turn.js";

export interface Metrics {
  accepted(events: readonly InboundEvent[]): void;
  decided(turn: Turn, milliseconds: number): void;
  sent(delivery: Delivery, waitedMs: number): void;
  /** The text of /metrics. */
  text(): Promise<string>;
  contentType: string;
}

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60];

/** Metrics of one server. Gauges ask the store when they are read. */
export function createMetrics(store: Store): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: "sabar_events_total",
    help: "Events kept",
    labelNames: ["kind"],
    registers,
  });
  const turns = new Counter({
    name: "sabar_turns_total",
    help: "Turns decided",
    labelNames: ["outcome"],
    registers,
  });
  const turnSeconds = new Histogram({
    name: "sabar_turn_seconds",
    help: "Time to decide",
    buckets: SECONDS,
    registers,
  });
  const sends = new Counter({
    name: "sabar_sends_total",
    help: "Attempts to send",
    labelNames: ["result"],
    registers,
  });
  const waitSeconds = new Histogram({
    name: "sabar_reply_seconds",
    help: "From the turn's commit to Facebook's answer",
    buckets: SECONDS,
    registers,
  });
  const gauge = (name: string, help: string, read: () => Promise<number>): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // A store that cannot be read leaves a gap; the other numbers are needed all the more then.
        this.set(await read().catch(() => Number.NaN));
      },
    });
  };
  gauge(
    "sabar_inbox_waiting",
    "Events waiting for their turn",
    async () => (await store.counts()).inboxWaiting,
  );
  gauge(
    "sabar_outbox_waiting",
    "Replies waiting for delivery",
    async () => (await store.counts()).outboxWaiting,
  );
  gauge(
    "sabar_parked_replies",
    "Replies that will not be delivered",
    async () => (await store.counts()).parked,
  );
  gauge(
    "sabar_open_escalations",
    "Conversations for a person",
    async () => (await store.counts()).openEscalations,
  );
  return {
    accepted: (list) => {
      for (const event of list) events.inc({ kind: event.body.kind });
    },
    decided: (turn, milliseconds) => {
      turns.inc({ outcome: turn.why.outcome });
      turnSeconds.observe(milliseconds / 1000);
    },
    sent: (delivery, waitedMs) => {
      sends.inc({ result: delivery.kind });
      if (delivery.kind === "sent") waitSeconds.observe(waitedMs / 1000);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
