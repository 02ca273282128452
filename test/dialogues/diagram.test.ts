/** The pictures of dialogues: every step and every choice is in them. */
import { diagramOf, roadDiagram } from "../../src/dialogues/diagram";
import { theTown } from "../support/talking";

describe("The picture of a dialogue", () => {
  it("shows every step, choice and ending of every intent file with steps", async () => {
    const { library } = await theTown();
    const scripts = [...library.intents.values()].flatMap(({ script }) => script ?? []);
    expect(scripts.length).toBeGreaterThanOrEqual(2);
    for (const script of scripts) {
      const drawn = diagramOf(script);
      for (const step of script.steps) {
        expect(drawn).toContain(`s_${step.name.replace(/-/g, "_")}`);
        if (step.kind === "choose")
          for (const { title } of step.choices) expect(drawn).toContain(`|${title}|`);
      }
      for (const { report } of script.endings)
        if (report !== undefined) expect(drawn).toContain(report.prefix);
      expect(drawn).not.toMatch(/\["[^"]*"[^"\]]*"/);
    }
  });

  it("shows the road report with the words of its buttons", async () => {
    const { library } = await theTown();
    const { jalan } = library.records.report;
    const drawn = roadDiagram(jalan);
    for (const title of Object.values(jalan.tombol_bahaya)) expect(drawn).toContain(`|${title}|`);
    expect(drawn).toContain(jalan.awalan);
  });
});
