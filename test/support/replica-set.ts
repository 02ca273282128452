/** A replica set for the tests: two members before one server, of which one is the primary until it steps down and the other is elected. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import mongoose from "mongoose";
import { answerTo, documentOf, frameReader, withDocument, type Document, type Frame } from "./mongo-wire";

const NAME = "rs0";

/** What became of commands because the primary stepped down. */
export interface Interrupted {
  /** Refused by a member that is not the primary. */
  refused: number;
  /** Writes that were carried out, and answered with an error all the same. */
  carriedOut: number;
  /** Writes that were carried out, and the connection was cut before the answer. */
  cutOff: number;
}

export interface ReplicaSet {
  /** The address of the set, with this database. */
  uri(database: string): string;
  /** From now on there is no primary; commands under way are interrupted. */
  stepDown(): void;
  /** The other member becomes the primary. */
  elect(): void;
  /** How many commands each member has passed on as the primary. */
  passedOn: readonly number[];
  interrupted: Readonly<Interrupted>;
  close(): Promise<void>;
}

const GREETINGS = new Set(["hello", "ismaster", "isMaster"]);
const WRITES = new Set(["insert", "update", "delete", "findAndModify"]);
/** 10107 NotWritablePrimary and 11602 InterruptedDueToReplStateChange (MongoDB's error codes). */
const NOT_PRIMARY = { ok: 0, errmsg: "not primary", code: 10107, codeName: "NotWritablePrimary" };
const INTERRUPTED = {
  ok: 0,
  errmsg: "operation was interrupted",
  code: 11602,
  codeName: "InterruptedDueToReplStateChange",
};

/** `target`: the port of the server behind both members, which keeps everything. */
export async function startReplicaSet(target: number): Promise<ReplicaSet> {
  const sockets = new Set<Socket>();
  const interrupted: Interrupted = { refused: 0, carriedOut: 0, cutOff: 0 };
  const passedOn = [0, 0];
  const hosts: string[] = [];
  let primary: number | undefined = 0;
  /** Rises with each election; drivers believe the later one. */
  let term = 1;
  let latest = 0;

  /** What a member says of itself and of the set, over what the server behind says. */
  const greetingOf = (member: number, said: Document): Document => {
    const isPrimary = member === primary;
    return {
      ...said,
      ...{ ismaster: isPrimary, isWritablePrimary: isPrimary, secondary: !isPrimary },
      ...{ setName: NAME, setVersion: 1, hosts, me: hosts[member] },
      ...(primary === undefined ? {} : { primary: hosts[primary] }),
      ...(isPrimary ? { electionId: mongoose.mongo.ObjectId.createFromTime(term) } : {}),
    };
  };

  const serve = (member: number, client: Socket): void => {
    const server = connect(target, "127.0.0.1");
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    /** What waits for the server's answer, by its name, and the term it was asked in. */
    const underWay = new Map<number, { name: string; askedIn: number }>();

    const ask = (frame: Frame): void => {
      const [name = ""] = Object.keys(documentOf(frame) ?? {});
      const isGreeting = GREETINGS.has(name);
      if (!isGreeting && member !== primary) {
        interrupted.refused += 1;
        client.write(answerTo(frame, NOT_PRIMARY));
        return;
      }
      if (!isGreeting) passedOn[member]! += 1;
      underWay.set(frame.id, { name, askedIn: term });
      server.write(frame.bytes);
    };
    const answer = (frame: Frame): void => {
      const asked = underWay.get(frame.answers);
      underWay.delete(frame.answers);
      if (asked === undefined) return;
      const isWrite = WRITES.has(asked.name);
      if (GREETINGS.has(asked.name))
        client.write(withDocument(frame, greetingOf(member, documentOf(frame) ?? {})));
      else if (member === primary && asked.askedIn === term) client.write(frame.bytes);
      else if ((latest += 1) % 2 === 0) {
        if (isWrite) interrupted.carriedOut += 1;
        client.write(withDocument(frame, INTERRUPTED));
      } else {
        if (isWrite) interrupted.cutOff += 1;
        client.destroy();
      }
    };
    client.on("data", frameReader(ask));
    server.on("data", frameReader(answer));
  };

  const members = [0, 1].map((member) => createServer((client) => serve(member, client)));
  for (const member of members) {
    await new Promise<void>((resolve) => member.listen(0, "127.0.0.1", resolve));
    hosts.push(`127.0.0.1:${(member.address() as AddressInfo).port}`);
  }
  let next = 1;
  return {
    uri: (database) => `mongodb://${hosts.join(",")}/${database}?replicaSet=${NAME}`,
    passedOn,
    interrupted,
    stepDown() {
      if (primary === undefined) throw new Error("There is no primary that could step down.");
      next = 1 - primary;
      primary = undefined;
    },
    elect() {
      term += 1;
      primary = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(members.map((member) => new Promise((resolve) => member.close(resolve))));
    },
  };
}
