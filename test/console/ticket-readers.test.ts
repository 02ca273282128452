/** Who reads which ticket: drafts are for who answers citizens, sealed ones for their agency alone. */
import type { Ticket } from "../../src/vocabulary/ticket";
import { newCitizen } from "../../src/vocabulary/citizen";
import { startConsole, type TestConsole, type Visitor } from "../support/console";
import { aMessage, aTicket, aTurn, WEDNESDAY } from "../support/tickets";

const CITIZEN = "7100000000000001";

describe("Tickets in the console", () => {
  let desk: TestConsole;
  let officer: Visitor;
  let inspector: Visitor;
  let ofAnotherAgency: Visitor;
  let head: Visitor;

  const file = async (id: string, prefix: string, change: Partial<Ticket>): Promise<void> => {
    const ticket = aTicket(id, { reporters: [{ citizen: CITIZEN, at: WEDNESDAY }], ...change });
    await desk.store.accept([aMessage(`m-${id}`, CITIZEN)], WEDNESDAY);
    const citizen = (await desk.store.citizen(CITIZEN)) ?? newCitizen(CITIZEN);
    const turn = aTurn(CITIZEN, { citizen, tickets: [{ kind: "file", ticket, prefix }] });
    await desk.store.commitTurn(`m-${id}`, turn, WEDNESDAY);
  };

  beforeAll(async () => {
    desk = await startConsole();
    await desk.add("sari", ["officer"]);
    await desk.add("indra", ["agency"], { agency: "inspektorat" });
    await desk.add("dina", ["agency"], { agency: "disdukcapil" });
    await desk.add("hadi", ["head"]);
    await file("t-road", "JLN", {});
    await file("t-draft", "JLN", {
      state: "draft",
      number: undefined,
      summary: "Jalan rusak, belum selesai",
    });
    await file("t-bribe", "PGL", {
      kind: "biaya-dan-pungli",
      agency: "inspektorat",
      sealed: true,
      summary: "Pungutan: kelurahan melati",
    });
    officer = await desk.signIn("sari");
    inspector = await desk.signIn("indra");
    ofAnotherAgency = await desk.signIn("dina");
    head = await desk.signIn("hadi");
  }, 60_000);
  afterAll(() => desk.close());

  it("shows a sealed ticket to its own agency, in the list and by its address", async () => {
    expect((await inspector.get("/console/tickets")).text).toContain("PGL-0001");
    const { status, text } = await inspector.get("/console/tickets/t-bribe");
    expect(status).toBe(200);
    expect(text).toContain("Rahasia");
    expect(text).not.toContain(CITIZEN);
    // It goes to no other agency, so nothing on the page offers that.
    expect(text).not.toContain('name="agency"');
  });

  it("shows it to nobody else: no list, no search, no address, no picture, no work", async () => {
    for (const who of [officer, ofAnotherAgency, head]) {
      for (const query of ["view=open", "view=all", "view=all&agency=inspektorat", "view=all&q=pungutan"])
        expect((await who.get(`/console/tickets?${query}`)).text).not.toContain("PGL-0001");
      expect((await who.get("/console/tickets/t-bribe")).status).toBe(404);
      expect((await who.get("/console/tickets/t-bribe/pictures/p1")).status).toBe(404);
    }
    const work = { do: "note", text: "apa ini", key: "key-of-a-note" };
    expect((await officer.post("/console/tickets/t-bribe", work)).status).toBe(404);
  });

  it("shows what was not finished to who answers citizens, and to no agency", async () => {
    const { text } = await officer.get("/console/tickets?view=drafts");
    expect(text).toContain("Jalan rusak, belum selesai");
    expect(text).toContain("Belum bernomor");
    expect(text).not.toContain("JLN-0001");
    const one = await officer.get("/console/tickets/t-draft");
    expect(one.status).toBe(200);
    expect(one.text).toContain(`/console/conversations/${CITIZEN}`);
    const list = (await ofAnotherAgency.get("/console/tickets?view=drafts")).text;
    expect(list).not.toContain("Jalan rusak, belum selesai");
    expect(list).not.toContain("view=drafts");
    expect((await ofAnotherAgency.get("/console/tickets/t-draft")).status).toBe(404);
  });
});
