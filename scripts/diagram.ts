/** `npm run diagram`: the steps of every dialogue as Mermaid diagrams; `-- ktp-hilang` only that one. */
import { diagramOf, roadDiagram } from "../src/dialogues/diagram.js";
import { ROAD_REPORT } from "../src/dialogues/road-report.js";
import { openLibraryForTool } from "./open-library.js";

async function main(): Promise<void> {
  const library = await openLibraryForTool(undefined);
  const wanted = process.argv[2];
  const { jalan } = library.records.report;
  let count = 0;
  for (const { id, title, script } of library.intents.values()) {
    if (wanted !== undefined && wanted !== id) continue;
    const drawn =
      id === ROAD_REPORT ? roadDiagram(jalan) : script === undefined ? undefined : diagramOf(script);
    if (drawn === undefined) continue;
    count += 1;
    console.log(`### ${title} (${id})\n\n\`\`\`mermaid\n${drawn}\n\`\`\`\n`);
  }
  if (count === 0) {
    console.error(wanted === undefined ? "No intent has steps." : `There is no dialogue "${wanted}".`);
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
