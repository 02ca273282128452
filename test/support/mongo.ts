/** A MongoDB for the tests: the one TEST_MONGODB_URI names, or a server of our own that can be stopped, killed and started again. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import mongoose from "mongoose";
import { BUILT } from "./has-mongo";
import { freePort, temporaryFolder } from "./sabar";

export interface MongoServer {
  /** Address of a database of its own, empty at first. */
  newDatabase(): string;
  /** The polite end: everything is written down. Only for a server of our own. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** It stands still: connections stay, nothing is answered, until `resume`. Only for a server of our own. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

/** Starts a server, or uses the one that is named. `isOwn`: it must be one that can be stopped. */
export async function startMongo({ isOwn = false } = {}): Promise<MongoServer> {
  const named = isOwn ? undefined : process.env.TEST_MONGODB_URI;
  return named === undefined ? startOwn() : useNamed(named);
}

async function startOwn(): Promise<MongoServer> {
  const { folder, remove } = temporaryFolder();
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const classPath = [path.join(BUILT, "classes"), path.join(BUILT, "lib", "*")].join(path.delimiter);
    // One compiler and a simple collector: the processors belong to what is tested.
    const flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx768m", "-cp", classPath];
    const started = spawn("java", [...flags, "MongoOnDisk", path.join(folder, "mongo.mv"), String(port)]);
    child = started;
    await new Promise<void>((resolve, reject) => {
      let output = "";
      started.on("error", reject);
      started.on("exit", (code) => reject(new Error(`the MongoDB server ended with ${code}: ${output}`)));
      started.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      started.stdout.on("data", (chunk: Buffer) => {
        if (chunk.toString().includes("listening")) resolve();
      });
    });
  };
  const stop = async (): Promise<void> => {
    const running = child;
    if (running === undefined || running.exitCode !== null) return;
    running.removeAllListeners("exit");
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGTERM");
    await ended;
    child = undefined;
  };
  await start();
  return {
    newDatabase: () => `mongodb://127.0.0.1:${port}/${newName()}`,
    start,
    stop,
    pause: () => void child?.kill("SIGSTOP"),
    resume: () => void child?.kill("SIGCONT"),
    async close() {
      child?.kill("SIGCONT");
      await stop();
      remove();
    },
  };
}

/** Databases made on somebody's server are dropped again. */
function useNamed(uri: string): MongoServer {
  const made: string[] = [];
  const cannotNow = (): never => {
    throw new Error("This server belongs to somebody else.");
  };
  const cannot = (): Promise<void> => Promise.resolve().then(cannotNow);
  return {
    newDatabase() {
      const url = new URL(uri);
      url.pathname = `/${newName()}`;
      made.push(url.href);
      return url.href;
    },
    start: cannot,
    stop: cannot,
    pause: cannotNow,
    resume: cannotNow,
    async close() {
      for (const each of made) {
        const connection = await mongoose.createConnection(each).asPromise();
        await connection.dropDatabase();
        await connection.close();
      }
    },
  };
}

const newName = (): string => `sabar-test-${randomBytes(6).toString("hex")}`;
