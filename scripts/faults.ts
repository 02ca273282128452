/** `npm run faults [-- --short]`: the long evening with kills and pauses: three servers, 5,000 messages of 300 citizens, pauses of 40 seconds. Takes several minutes. */
import { LONG, SHORT } from "../test/faults/plans.js";
import { playFaults } from "../test/faults/play.js";
import { reportText } from "../test/faults/report.js";
import { hasMongo } from "../test/support/has-mongo.js";
import { startMongo } from "../test/support/mongo.js";
import { temporaryFolder } from "../test/support/sabar.js";

async function main(): Promise<boolean> {
  if (!hasMongo({})) {
    console.log(
      "There is no server to stop and start. Build it with `npm run mongo-server` (Java 17 and Maven).",
    );
    return false;
  }
  const place = temporaryFolder();
  const mongo = await startMongo({ isOwn: true });
  try {
    const plan = process.argv.includes("--short") ? SHORT : LONG;
    const report = await playFaults(
      { ...plan, say: (sentence) => console.log(sentence) },
      mongo,
      place.folder,
    );
    console.log(reportText(report));
    return report.faults.length === 0;
  } finally {
    await mongo.close();
    place.remove();
  }
}

main().then(
  (isFine) => process.exit(isFine ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
