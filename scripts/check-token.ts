/** `npm run check-token`: asks Facebook whether the page token works and what it may do. */
import { checkToken } from "../src/messenger/page-setup.js";
import { readOperatorSettings, report, runScript } from "./operator.js";

runScript(async () => {
  const { keys } = readOperatorSettings();
  console.log(`This asks Facebook about the token of page ${keys.pageId}. Nothing is changed.`);
  return report(await checkToken(keys));
});
