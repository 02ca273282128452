/** Starts the server, prints one screen about it, and stops politely. */
import { setFlagsFromString } from "node:v8";
import { config as loadDotenv } from "dotenv";
import type { Logger } from "pino";
import { ConfigError, readConfig, missingForPage } from "./config.js";
import { startApp } from "./start.js";
import { StartFailed } from "./start-failed.js";
import { createLog, describeError } from "./log.js";
import { welcome } from "./welcome.js";

/** How long a stop may take before the process ends all the same: longer than a call to Facebook may take. What is left is done at the next start. */
const STOP_WITHIN_MS = 15_000;

/** By how much of what it holds the heap grows until it is cleaned, in per cent: by itself it would take four times as much of a small server as it needs. */
const HEAP_GROWS_BY = 50;

async function main(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWS_BY}`);
  loadDotenv({ quiet: true });
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const starting = startApp(config, log);
  // It listens before it has learnt its library: whoever stops it then finds it just as polite.
  stopPolitely(log, async () => (await starting).stop());
  const app = await starting;
  process.stdout.write(
    welcome(
      app,
      missingForPage((name) => process.env[name] ?? ""),
    ),
  );
}

/** SIGTERM and SIGINT end the process when `stopAll` has ended, or after STOP_WITHIN_MS. */
function stopPolitely(log: Logger, stopAll: () => Promise<void>): void {
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stopAll().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(describeError(error), "stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  const sentences =
    error instanceof ConfigError
      ? [
          "Sabar cannot start with these settings (see .env and the README):",
          ...error.problems.map((each) => `- ${each}`),
        ]
      : error instanceof StartFailed
        ? [error.message]
        : ["Sabar could not start.", error instanceof Error ? (error.stack ?? error.message) : String(error)];
  process.stderr.write(`${sentences.join("\n")}\n`);
  process.exit(1);
});
