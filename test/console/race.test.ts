/** Two members of staff on one conversation at the same moment, again and again: one answer each time, and nothing lost. */
import { closeAll, openOffice, until, type Office } from "./office";
import type { Answer, Visitor } from "../support/console";

jest.setTimeout(240_000);

const ROUNDS = 200;
const CITIZEN = "7500000000000001";

describe("Two members of staff racing", () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice({ env: { CLAIM_MINUTES: "0.02" } });
    office.write(CITIZEN, "mau bicara dengan petugas");
    await until(() => office.heard(CITIZEN).length > 0);
  });
  afterAll(() => closeAll(undefined, office));

  const act = (who: Visitor, citizen: string, form: Record<string, string>): Promise<Answer> =>
    who.post(`/console/conversations/${citizen}/act`, form, {
      "x-requested-with": "sabar",
      accept: "application/json",
    });

  it("never answer the citizen twice, and never lose what the slower one wrote", async () => {
    const [sari, rudi] = [await office.visit("sari"), await office.visit("rudi")];
    const before = office.heard(CITIZEN).length;
    const winners: string[] = [];
    let after = "";
    for (let round = 0; round < ROUNDS; round += 1) {
      const replies = [sari, rudi].map((who, index) => ({
        who,
        form: {
          act: "reply",
          text: `${index === 0 ? "Sari" : "Rudi"} ${round}`,
          key: `round-${round}-of-${index}`,
          after,
        },
      }));
      const slower = replies[round % 2]!;
      if (round % 20 === 0)
        await slower.who.post(`/console/conversations/${CITIZEN}/draft`, { text: slower.form.text });
      // Each sends it twice, as somebody does who presses again.
      const answers = await Promise.all(
        replies.flatMap(({ who, form }) => [act(who, CITIZEN, form), act(who, CITIZEN, form)]),
      );
      const statuses = answers.map(({ status }) => status);
      const won = statuses[0] === 200 ? 0 : 1;
      expect(statuses).toEqual(won === 0 ? [200, 200, 409, 409] : [409, 409, 200, 200]);
      const refusal = JSON.parse(answers[won === 0 ? 2 : 0]!.text) as {
        refused: string;
        after: string;
        text: string;
      };
      expect(refusal).toMatchObject({ refused: "colleague", text: replies[won]!.form.text });
      winners.push(replies[won]!.form.text);
      after = refusal.after;
      if (round % 20 === 0 && won !== round % 2) {
        const page = await slower.who.get(`/console/conversations/${CITIZEN}`);
        expect(page.text).toContain(slower.form.text);
      }
    }
    await until(() => office.heard(CITIZEN).length >= before + ROUNDS);
    expect(office.heard(CITIZEN).slice(before)).toEqual(winners);
  });

  it("get the conversation one at a time, and back when nobody answers (B-05)", async () => {
    const citizen = "7500000000000002";
    office.write(citizen, "mau bicara dengan petugas");
    await until(() => office.heard(citizen).length > 0);
    const [sari, rudi] = [await office.visit("sari"), await office.visit("rudi")];
    const claims = await Promise.all(
      [sari, rudi].map((who, index) => act(who, citizen, { act: "claim", key: `claim-by-${index}-aaaa` })),
    );
    expect(claims.map(({ status }) => status).sort()).toEqual([200, 409]);
    await until(async () =>
      (await sari.get(`/console/conversations/${citizen}`)).text.includes("Percakapan kembali ke antrean."),
    );
    expect((await sari.get("/console/inbox?view=mine")).text).not.toContain(`row-${citizen}`);
    expect((await sari.get("/console/inbox?view=needs")).text).toContain(`row-${citizen}`);
  });

  it("cannot do what makes no sense any more, and are told", async () => {
    const sari = await office.visit("sari");
    const citizen = "7500000000000003";
    office.write(citizen, "ktp hilang");
    await until(() => office.heard(citizen).length > 0);
    for (const form of [{ act: "release" }, { act: "unfold" }, { act: "close" }, { act: "claim" }])
      expect((await act(sari, citizen, { ...form, key: `nothing-${form.act}-1` })).status).toBe(409);
    const nonsense: Record<string, string>[] = [
      { act: "reply", text: "" },
      { act: "reply", text: "a".repeat(2001) },
      { act: "fold", reason: "x" },
      { act: "to-agency", agency: "constructor" },
      { act: "snooze", until: "kemarin" },
      { act: "rm" },
    ];
    for (const form of nonsense)
      expect((await act(sari, citizen, { ...form, key: "makes-no-sense-1" })).status).toBe(400);
    expect((await act(sari, "7599999999999999", { act: "claim", key: "nobody-there-1" })).status).toBe(404);
  });
});
