/** As a load balancer and Facebook do together: to any server that has answered lately, again until one says 200. */
import axios from "axios";
import { bytesOf, sign, type Json } from "../../src/simulator/payloads";
import { KEYS } from "../support/stand-in";

/** Where a server is reached. */
export interface Address {
  /** Name of the process that runs here now. */
  name: string;
  port: number;
  /** Nothing is sent here before. */
  avoidedUntil: number;
}

export interface Balancer {
  /** Rejects when nobody accepts it in time. `what`: what a person calls it. */
  deliver(what: string, delivery: Json): Promise<void>;
  /** What no server has accepted yet, and who said what at last. */
  underWay: ReadonlyMap<string, string>;
  /** Nothing is delivered again. */
  close(): void;
}

/** After a server has not answered, as proxies do it by default. */
const AVOIDED_MS = 10_000;
const ANSWER_MS = 4000;
const AGAIN_MS = 100;

export function createBalancer(places: readonly Address[], withinMs: number): Balancer {
  const underWay = new Map<string, string>();
  let isClosed = false;
  return {
    underWay,
    close() {
      isClosed = true;
    },
    async deliver(what, delivery) {
      const body = bytesOf(delivery);
      const headers = {
        "content-type": "application/json",
        "x-hub-signature-256": sign(body, KEYS.appSecret),
      };
      const options = { headers, validateStatus: () => true, proxy: false as const, timeout: ANSWER_MS };
      const until = Date.now() + withinMs;
      underWay.set(what, "nobody was asked");
      for (;;) {
        const up = places.filter(({ avoidedUntil }) => avoidedUntil <= Date.now());
        const among = up.length > 0 ? up : places;
        const place = among[Math.floor(Math.random() * among.length)]!;
        const url = `http://127.0.0.1:${place.port}/webhook`;
        // Twice limited: a connection that breaks in an unlucky moment must not hold the delivery for ever.
        const signal = AbortSignal.timeout(2 * ANSWER_MS);
        const answer = await axios.post(url, body, { ...options, signal }).catch(() => undefined);
        if (answer?.status === 200) break;
        if (answer === undefined) place.avoidedUntil = Date.now() + AVOIDED_MS;
        underWay.set(what, `${place.name} said ${answer?.status ?? "nothing"}`);
        if (isClosed || Date.now() > until) throw new Error(`not accepted: ${what}; ${underWay.get(what)}`);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
      underWay.delete(what);
    },
  };
}
