/** Every kind of delivery Facebook makes, through the real server: answered or not, as it must be. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { KEYS, startStandIn, type StandIn } from "../support/stand-in";
import { freePort, startSabar, temporaryFolder, type Sabar } from "../support/sabar";
import type { Json } from "../../src/simulator/payloads";

const FIXTURES = path.join(__dirname, "..", "fixtures", "facebook");
interface Expected {
  file: string;
  kind: string;
  answer: boolean;
}
const manifest = JSON.parse(readFileSync(path.join(FIXTURES, "manifest.json"), "utf8")) as {
  files: Expected[];
};

/** What happens on the page's wall is kept now and answered by a later version. */
const isWall = (kind: string): boolean => /^(comment|post|mention|status|reaction):/.test(kind);

describe("Every kind of delivery", () => {
  const place = temporaryFolder();
  let standIn: StandIn;
  let sabar: Sabar;

  beforeAll(async () => {
    const port = await freePort();
    standIn = await startStandIn(`http://127.0.0.1:${port}/webhook`, { echoes: false });
    sabar = await startSabar({ port, dataDir: place.folder, graphUrl: standIn.graphUrl });
  });
  afterAll(async () => {
    await sabar.stop();
    await standIn.close();
    place.remove();
  });

  it("is in the manifest", () => {
    const files = [".", "extra"].flatMap((folder) =>
      readdirSync(path.join(FIXTURES, folder))
        .filter((file) => file.endsWith(".json") && !["manifest.json", "vectors.json"].includes(file))
        .map((file) => path.join(folder, file)),
    );
    expect(files.sort()).toEqual(manifest.files.map(({ file }) => path.normalize(file)).sort());
    expect(files).toHaveLength(80);
  });

  it.each(manifest.files.map((each, index) => ({ ...each, index })))(
    "$file is heard with 200, and answered: $answer",
    async ({ file, kind, answer, index }) => {
      // A citizen of its own for each, so that one delivery's takeover does not silence the next.
      const citizen = `67890123${String(10_000_000 + index)}`;
      const source = readFileSync(path.join(FIXTURES, file), "utf8").replaceAll("6789012345678901", citizen);
      const before = standIn.graph.sent.length;
      const { status, attempts } = await standIn.facebook.deliver(citizen, JSON.parse(source) as Json);
      expect({ status, attempts }).toEqual({ status: 200, attempts: 1 });
      await sabar.idle();
      const wasAnswered = standIn.graph.sent.length > before;
      expect(wasAnswered).toBe(answer && !isWall(kind));
    },
  );

  it("leaves no secret of the page in what the server prints", () => {
    for (const secret of [KEYS.appSecret, KEYS.pageToken, KEYS.verifyToken])
      expect(sabar.output()).not.toContain(secret);
  });
});
