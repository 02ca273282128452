/** `npm run profile`: writes greeting, Get Started, ice breakers and menu from `_profil.yaml` to the page. */
import { loadLibrary } from "../src/intents/load.js";
import { formatProblem } from "../src/intents/problems.js";
import { writeProfile, type ProfileContent } from "../src/messenger/page-setup.js";
import type { ProfileFile } from "../src/intents/format.js";
import { payloadOfIntent } from "../src/vocabulary/reply.js";
import { confirm, readOperatorSettings, report, runScript } from "./operator.js";

function contentOf(profile: ProfileFile): ProfileContent {
  return {
    startPayload: "GET_STARTED",
    greeting: profile.salam,
    questions: Object.entries(profile.pertanyaan_awal).map(([question, id]) => ({
      question,
      payload: payloadOfIntent(id),
    })),
    menu: profile.menu.map((item) =>
      "topik" in item
        ? { title: item.judul, payload: payloadOfIntent(item.topik) }
        : { title: item.judul, url: item.tautan },
    ),
  };
}

runScript(async () => {
  const { config, keys } = readOperatorSettings();
  const { library, problems } = await loadLibrary(config.intentsDir);
  if (library === undefined) {
    for (const problem of problems.filter(({ severity }) => severity === "salah"))
      console.log(formatProblem(problem));
    return false;
  }
  const content = contentOf(library.records.profile);
  const question = `This writes to page ${keys.pageId}:\n  greeting: ${content.greeting}\n  questions: ${content.questions.map(({ question: each }) => each).join(" | ")}\n  menu: ${content.menu.map(({ title }) => title).join(" | ")}`;
  return (await confirm(question)) && report(await writeProfile(keys, content));
});
