/** `npm run subscribe`: connects the app and the page to this server's webhook. */
import { SUBSCRIBED_FIELDS, subscribeApp, subscribePage } from "../src/messenger/page-setup.js";
import { confirm, readOperatorSettings, report, runScript } from "./operator.js";

runScript(async () => {
  const { config, messenger, keys } = readOperatorSettings();
  if (config.publicUrl === undefined) {
    console.log("PUBLIC_URL is missing: the https address under which Facebook reaches this server.");
    return false;
  }
  const callback = `${config.publicUrl}/webhook`;
  const question = `This tells Facebook to send the events of page ${keys.pageId} to ${callback}\n(${SUBSCRIBED_FIELDS.join(", ")}).\nThe server must be running: Facebook calls it at once.`;
  if (!(await confirm(question))) return false;
  return (
    report(await subscribeApp(keys, callback, messenger.verifyToken)) && report(await subscribePage(keys))
  );
});
