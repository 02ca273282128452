/** `npm run store -- export`, `-- erase` and `-- prove`: the rights of one person, for whoever comes to the counter. */
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import type { Config } from "../src/app/config.js";
import { openStore } from "../src/app/open-store.js";
import { createSentFiles, sentFolder } from "../src/media/sent-files.js";
import { exportCitizen } from "../src/storage/export-citizen.js";
import type { Store } from "../src/storage/port.js";
import { newCitizen } from "../src/vocabulary/citizen.js";
import { erasureCode, isAbout } from "../src/vocabulary/erasure.js";
import { confirm } from "./operator.js";

async function within(config: Config, work: (store: Store) => Promise<boolean>): Promise<boolean> {
  const store = await openStore(config);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Writes everything that is known of the person into a file that only its owner may read. */
export function exportPerson(config: Config, citizen: string, file: string): Promise<boolean> {
  return within(config, async (store) => {
    const found = await exportCitizen(store, citizen, Date.now());
    if (found.remembered === undefined && found.events.length === 0 && found.tickets.length === 0) {
      console.log(`Nothing is stored about ${citizen}.`);
      return false;
    }
    writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
    console.log(
      `Written: ${file}, with ${found.events.length} events, ${found.replies.length} replies, ${found.tickets.length} reports and ${found.pictures.length} pictures. Hand it to the person and delete it.`,
    );
    return true;
  });
}

/** Removes the person as HAPUS does, and prints the code that proves it. */
export function erasePerson(config: Config, citizen: string): Promise<boolean> {
  return within(config, async (store) => {
    if (
      !(await confirm(
        `Everything about ${citizen} will be removed; numbered reports stay without the person.`,
      ))
    )
      return false;
    const id = randomBytes(16).toString("hex");
    const erase = { code: erasureCode(id), asked: "operator" as const };
    const now = Date.now();
    const page = config.messenger?.pageId ?? "";
    const event = {
      id: `erase|${id}`,
      channel: "inside" as const,
      page,
      citizen,
      at: now,
      body: { kind: "erase" as const, ...erase },
    };
    await store.accept([event], now);
    const known = (await store.citizen(citizen)) ?? newCitizen(citizen);
    const turn = {
      replies: [],
      speaker: "bot" as const,
      signs: [],
      citizen: known,
      alarms: [],
      why: { outcome: "command" as const, reasons: [] },
      erase,
    };
    await store.commitTurn(event.id, turn, now);
    if (store.shared !== undefined) await store.shared.leave(citizen);
    await createSentFiles(sentFolder(config)).erase(citizen);
    const { counts } = (await store.erasures.find(erase.code)) ?? {};
    console.log(`Removed: ${JSON.stringify(counts)}\nThe code that proves it: ${erase.code}`);
    return counts !== undefined;
  });
}

/** Says when the removal with this code took place, whether it concerned this person, and that nothing is stored about them. */
export function provePerson(config: Config, code: string, citizen: string): Promise<boolean> {
  return within(config, async (store) => {
    const erasure = await store.erasures.find(code);
    if (erasure === undefined) {
      console.log("No removal has this code.");
      return false;
    }
    console.log(
      `Removed on ${new Date(erasure.at).toISOString()}, asked by ${erasure.asked}: ${JSON.stringify(erasure.counts)}`,
    );
    if (!isAbout(erasure, code, citizen)) {
      console.log(`It concerned somebody else than ${citizen}.`);
      return false;
    }
    const left = await exportCitizen(store, citizen, Date.now());
    const isEmpty =
      left.remembered === undefined &&
      [left.events, left.replies, left.tickets].every((each) => each.length === 0);
    console.log(
      isEmpty
        ? `It concerned ${citizen}, and nothing is stored about them.`
        : `It concerned ${citizen}, who has written again since: ${left.events.length} events, ${left.replies.length} replies, ${left.tickets.length} reports.`,
    );
    return true;
  });
}
