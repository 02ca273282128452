/** The checker of runs with faults finds what it is there to find. */
import { check, type Run } from "./checker";

/** Two citizens, three messages, two servers, nothing wrong. */
function goodRun(): Run {
  return {
    accepted: new Map([
      ["1", ["a", "b"]],
      ["2", ["c"]],
    ]),
    about: new Map([
      ["a", "ktp"],
      ["b", "kia"],
      ["c", "kia"],
    ]),
    sends: [
      { server: "x", citizen: "1", key: "a#0", words: "Surat", at: 1000 },
      { server: "x", citizen: "1", key: "a#1", words: "Loket", at: 1010 },
      { server: "y", citizen: "2", key: "c#0", words: "Anak", at: 1020 },
      { server: "y", citizen: "1", key: "b#0", words: "Anak", at: 9000 },
    ],
    parked: [],
    lanes: [
      { server: "x", lane: "1", fence: 1, did: "take" },
      { server: "x", lane: "1", fence: 1, did: "turn", revision: 1 },
      { server: "x", lane: "1", fence: 1, did: "leave" },
      { server: "y", lane: "1", fence: 2, did: "take" },
      { server: "y", lane: "1", fence: 2, did: "turn", revision: 2 },
      { server: "y", lane: "2", fence: 1, did: "turn", revision: 1 },
    ],
    written: [],
    downs: [],
    databaseDowns: [],
  };
}

const faultsOf = (change: Partial<Run>): string[] => check({ ...goodRun(), ...change }).faults;

describe("The checker", () => {
  it("finds nothing where nothing is wrong", () => {
    expect(check(goodRun())).toEqual({ faults: [], repeatedInFlight: 0 });
  });

  it("finds a message that was never answered", () => {
    const { sends } = goodRun();
    expect(faultsOf({ sends: sends.filter(({ key }) => key !== "c#0") })).toEqual([
      "lost: c of 2 was never answered",
    ]);
  });

  /** Three people more who asked what "a" asked. */
  const othersAsk = (run: Run): Run => ({
    ...run,
    accepted: new Map([...run.accepted, ...["d", "e", "f"].map((id) => [`of ${id}`, [id]] as const)]),
    about: new Map([...run.about, ...["d", "e", "f"].map((id) => [id, "ktp"] as const)]),
    sends: [
      ...run.sends,
      ...["d", "e", "f"].flatMap((id) =>
        ["Surat", "Loket"].map((words, n) => ({
          ...{ server: "x", citizen: `of ${id}`, key: `${id}#${n}`, words, at: 20 },
        })),
      ),
    ],
  });

  it("finds half an answer, be it the first or the last part, and another one than others got", () => {
    const run = othersAsk(goodRun());
    expect(check(run).faults).toEqual([]);
    const without = (gone: string): string[] =>
      check({ ...run, sends: run.sends.filter(({ key }) => key !== gone) }).faults;
    expect(without("a#1")).toEqual(["lost: a#1 of 1 was never sent"]);
    expect(without("a#0")).toEqual(["lost: a#0 of 1 was never sent"]);
    const other = run.sends.map((send) => (send.key === "a#1" ? { ...send, words: "Kantor" } : send));
    expect(check({ ...run, sends: other }).faults).toEqual([
      "wrong: a#1 of 1 is not what others got who asked the same",
    ]);
    const more = [...run.sends, { server: "x", citizen: "of f", key: "f#2", words: "Lagi", at: 30 }];
    expect(check({ ...run, sends: more }).faults).toEqual([
      "wrong: f#2 of of f is not what others got who asked the same",
    ]);
  });

  it("knows that a reply which is kept for a person to read is not lost", () => {
    const run = othersAsk(goodRun());
    const sends = run.sends.filter(({ key }) => !key.startsWith("a#"));
    expect(check({ ...run, sends, parked: ["a#0", "a#1"] }).faults).toEqual([]);
    expect(check({ ...run, sends, parked: ["a#0"] }).faults).toEqual(["lost: a#1 of 1 was never sent"]);
    expect(check({ ...run, sends, parked: ["a#1"] }).faults).toEqual(["lost: a of 1 was never answered"]);
  });

  it("finds a message that was decided twice, and said twice under another key", () => {
    const { sends } = goodRun();
    const again = [...sends, { server: "y", citizen: "2", key: "c'#0", words: "Anak", at: 9100 }];
    expect(faultsOf({ sends: again })).toContain("doubled: c'#0 tells 2 the same as c#0");
  });

  it("finds an answer that was given twice, unless its server was killed or paused just then", () => {
    const { sends } = goodRun();
    const again = [...sends, { server: "y", citizen: "2", key: "c#0", words: "Anak", at: 9100 }];
    expect(faultsOf({ sends: again })).toEqual([
      "doubled: c#0 was sent by y and again by y after 8080 ms; the first was never written down",
    ]);
    const killed = { server: "y", from: 1500, to: 1500 };
    expect(check({ ...goodRun(), sends: again, downs: [killed] })).toEqual({
      faults: [],
      repeatedInFlight: 1,
    });
    const noted = { server: "y", key: "c#0", time: 1400 };
    expect(faultsOf({ sends: again, downs: [killed], written: [noted] })).toEqual([
      "doubled: c#0 was sent by y and again by y after 8080 ms; the first was written down after 380 ms",
    ]);
    const away = [{ from: 1100, to: 50_000 }];
    const later = { server: "y", from: 58_000, to: 58_000 };
    expect(faultsOf({ sends: again, downs: [later] })).toHaveLength(1);
    expect(check({ ...goodRun(), sends: again, downs: [later], databaseDowns: away }).repeatedInFlight).toBe(
      1,
    );
    const another = { server: "x", from: 1500, to: 1500 };
    const longAgo = { server: "y", from: 100_000, to: 140_000 };
    expect(faultsOf({ sends: again, downs: [another, longAgo] })).toHaveLength(1);
  });

  it("finds answers in the wrong order, between messages and within one", () => {
    const [a0, a1, c0, b0] = goodRun().sends as [
      Run["sends"][0],
      Run["sends"][0],
      Run["sends"][0],
      Run["sends"][0],
    ];
    expect(faultsOf({ sends: [b0, a0, a1, c0] })).toEqual(["reordered: 1 got a#0 after b#0"]);
    expect(faultsOf({ sends: [a1, a0, c0, b0] })).toEqual(["reordered: 1 got a#0 after a#1"]);
  });

  it("finds a lane with two owners", () => {
    const { lanes } = goodRun();
    expect(faultsOf({ lanes: [...lanes, { server: "x", lane: "1", fence: 2, did: "delivery" }] })).toEqual([
      "two owners: fence 2 of 1 was with y and with x",
    ]);
    expect(
      faultsOf({ lanes: [...lanes, { server: "x", lane: "1", fence: 1, did: "turn", revision: 3 }] }),
    ).toEqual(["two owners: 1 was written under fence 1 after 2"]);
    expect(
      faultsOf({ lanes: [...lanes, { server: "z", lane: "1", fence: 3, did: "turn", revision: 2 }] }),
    ).toEqual(["two owners: 1 has revision 2 from y and z"]);
  });
});
