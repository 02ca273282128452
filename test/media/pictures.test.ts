/** Pictures of tickets: from the platform only, within limits, made anew without what hides in them. */
import { createServer, type Server } from "node:http";
import { readdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import path from "node:path";
import sharp from "sharp";
import { fetchPicture, MOST_BYTES } from "../../src/media/fetch-picture";
import { mayFetch } from "../../src/media/hosts";
import { createPictures } from "../../src/media/pictures";
import { reEncode } from "../../src/media/re-encode";
import { openSqliteStore } from "../../src/storage/sqlite/open";
import { temporaryFolder } from "../support/sabar";
import { aMessage, aTurn, WEDNESDAY } from "../support/tickets";

const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 2400, height: 1200, channels: 3, background: "#888888" } })
    .withExif({ IFD0: { Make: "Kamera", Copyright: "Warga" }, IFD3: { GPSLatitude: "7/1 34/1 0/1" } })
    .jpeg()
    .toBuffer();

describe("The addresses pictures may come from", () => {
  it.each([
    ["https://scontent.xx.fbcdn.net/v/a.jpg?oh=1", true],
    ["https://cdn.fbsbx.com/v/a.png", true],
    ["https://scontent.fbcdn.net:443/a.jpg", true],
    ["http://scontent.fbcdn.net/a.jpg", false],
    ["https://scontent.fbcdn.net:8443/a.jpg", false],
    ["https://fbcdn.net.example.com/a.jpg", false],
    ["https://evilfbcdn.net/a.jpg", false],
    ["https://user@scontent.fbcdn.net/a.jpg", false],
    ["https://169.254.169.254/latest", false],
    ["http://127.0.0.1:3000/simulator/pictures/x", true],
    ["http://127.0.0.1:3001/simulator/pictures/x", false],
    ["file:///etc/passwd", false],
    ["not an address", false],
  ])("%s: %s", (url, expected) => {
    expect(mayFetch(url, ["http://127.0.0.1:3000"])).toBe(expected);
  });
});

describe("Fetching a picture", () => {
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      switch (request.url) {
        case "/large":
          response.end(Buffer.alloc(MOST_BYTES + 1));
          return;
        case "/elsewhere":
          response.writeHead(302, { location: "http://127.0.0.1:1/secret" }).end();
          return;
        case "/never":
          response.write("x");
          return;
        case "/broken":
          response.writeHead(503).end();
          return;
        case "/photo.jpg":
          void photo().then((bytes) => response.end(bytes));
          return;
        default:
          response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ["/large", "refused"],
    ["/elsewhere", "refused"],
    ["/gone", "refused"],
    ["/broken", "later"],
    ["/photo.jpg", "bytes"],
  ])("%s is %s", async (place, kind) => {
    expect((await fetchPicture(`${origin}${place}`, [origin])).kind).toBe(kind);
  });

  it("gives up on a server that never ends, and asks again later", async () => {
    expect((await fetchPicture(`${origin}/never`, [origin], 300)).kind).toBe("later");
  });

  it("keeps what a turn wanted under a random name, and says why another was refused", async () => {
    const place = temporaryFolder();
    const store = await openSqliteStore(path.join(place.folder, "sabar.db"));
    try {
      const folder = path.join(place.folder, "pictures");
      const pictures = createPictures({
        store,
        folder,
        origins: [origin],
        now: () => WEDNESDAY,
        log: { warn: () => undefined },
      });
      await store.accept([aMessage("m1", "c1")], WEDNESDAY);
      const wanted = [
        { id: "p1", url: `${origin}/photo.jpg`, ticket: "t1" },
        { id: "p2", url: `${origin}/gone`, ticket: "t1" },
        { id: "p3", url: "https://example.com/a.jpg", ticket: "t1" },
        { id: "p4", url: `${origin}/broken`, ticket: "t1" },
      ];
      await store.commitTurn("m1", aTurn("c1", { pictures: wanted }), WEDNESDAY);
      await pictures.tick();
      const kept = await store.picture("p1");
      expect(kept).toMatchObject({ state: "kept", width: 1600, height: 800 });
      expect(kept?.url).toBeUndefined();
      expect(readdirSync(folder)).toEqual([kept?.file]);
      expect(kept?.file).toMatch(/^[0-9a-f-]{36}\.jpg$/);
      expect((await sharp(await pictures.read("p1")).metadata()).exif).toBeUndefined();
      expect(await store.picture("p2")).toMatchObject({
        state: "refused",
        reason: expect.any(String) as string,
      });
      expect((await store.picture("p3"))?.reason).toContain("bukan milik Facebook");
      expect(await store.picture("p4")).toMatchObject({ state: "wanted", attempts: 1 });
      expect(await pictures.read("p2")).toBeUndefined();
    } finally {
      await store.close();
      place.remove();
    }
  });
});

describe("Making a picture anew", () => {
  it("loses camera, place and size, and keeps it upright", async () => {
    const turned = await sharp(await photo())
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const encoded = await reEncode(turned);
    expect(encoded).toMatchObject({ width: 800, height: 1600 });
    expect((await sharp(encoded?.bytes).metadata()).exif).toBeUndefined();
  });

  it.each([
    ["a page", "<!doctype html><script>alert(1)</script>"],
    ["a drawing", '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ["half a photo", "\xff\xd8\xff\xe0 and no more"],
    ["nothing", ""],
  ])("refuses %s", async (_name, text) => {
    expect(await reEncode(Buffer.from(text, "latin1"))).toBeUndefined();
  });
});
