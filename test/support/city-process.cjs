/** The built server with a clock that the test moves: a message sets it, another one reads from the store. */
const path = require("node:path");
const dist = path.join(__dirname, "..", "..", "dist", "app");
const { readConfig } = require(path.join(dist, "config.js"));
const { createLog } = require(path.join(dist, "log.js"));
const { startApp } = require(path.join(dist, "start.js"));

let shift = Number(process.env.CLOCK_SHIFT);

async function main() {
  const app = await startApp(readConfig(process.env), createLog("silent"), () => Date.now() + shift);
  process.on("message", async ({ id, clockShift, ask, given }) => {
    if (clockShift !== undefined) shift = clockShift;
    const answer = ask === undefined ? undefined : await app.store[ask](...given);
    process.send({ id, answer });
  });
  process.on("disconnect", () => app.stop().then(() => process.exit(0)));
  process.send({ id: 0 });
}

main();
