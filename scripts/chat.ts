/** `npm run chat`: a conversation in the terminal, through the whole server and its simulator, with a database that is thrown away. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface, type Interface } from "node:readline";
import { config as loadDotenv } from "dotenv";
import { readConfig } from "../src/app/config.js";
import { createLog } from "../src/app/log.js";
import { startApp } from "../src/app/start.js";
import type { Simulator } from "../src/simulator/simulator.js";
import type { Line } from "../src/simulator/transcript.js";

const HELP = `Tulis sebagai warga lalu tekan Enter. Untuk memilih tombol, ketik nomornya atau tulisannya.
/foto /suara /lokasi /jempol /berkas  mengirim lampiran
/petugas <pesan>                      membalas sebagai petugas di Business Suite
/orang                                menulis sebagai warga lain
/bantuan /keluar`;

const ATTACHMENTS: Record<string, { kind: string; payload?: string }> = {
  "/foto": { kind: "picture", payload: "/simulator/samples/jalan-berlubang.svg" },
  "/suara": { kind: "audio" },
  "/lokasi": { kind: "location" },
  "/jempol": { kind: "sticker" },
  "/berkas": { kind: "file" },
};

/** How long nothing must be said until piped input goes on. */
const QUIET_MS = 1500;
const WIDTH = 64;

/** Something that can be chosen by its number. */
interface Choice {
  title: string;
  kind: "choice" | "postback";
  payload: string;
}

async function main(): Promise<void> {
  loadDotenv({ quiet: true });
  const folder = mkdtempSync(path.join(tmpdir(), "sabar-chat-"));
  // Never a real page, whatever stands in .env.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("MESSENGER_")),
  );
  const gather = env.GATHER_SECONDS ?? "1";
  const app = await startApp(
    readConfig({ ...env, PORT: "0", DATA_DIR: folder, GATHER_SECONDS: gather }),
    createLog("silent"),
  );
  try {
    if (app.simulator === undefined) throw new Error("The server did not start its simulator.");
    console.log(`${HELP}\n`);
    await talk(app.simulator, Number(gather) * 1000 + QUIET_MS);
  } finally {
    app.simulator?.close();
    await app.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Reads lines until they end. `quietMs`: piped input waits so long after the last answer, as a person would. */
async function talk(simulator: Simulator, quietMs: number): Promise<void> {
  const isTerminal = process.stdin.isTTY;
  const input = createInterface({ input: process.stdin, output: isTerminal ? process.stdout : undefined });
  let number = 1;
  let choices: Choice[] = [];
  const heard = { at: 0 };
  const citizen = (): string => `61000000000000${String(number).padStart(3, "0")}`;
  const stopListening = simulator.listen((line, to) => {
    if (to !== citizen() || line.from === "citizen") return;
    heard.at = Date.now();
    choices = choicesOf(line);
    show(line, choices, isTerminal ? input : undefined);
  });
  input.setPrompt("> ");
  input.prompt();
  for await (const raw of input) {
    const text = raw.trim();
    if (!isTerminal) console.log(`> ${text}`);
    if (text === "/keluar") break;
    if (text === "/bantuan") console.log(HELP);
    else if (text === "/orang") {
      number += 1;
      choices = [];
      console.log(`(sekarang warga nomor ${number})`);
    } else if (text !== "") {
      heard.at = Date.now();
      const isDone = simulator.act({ citizen: citizen(), ...actOf(text, choices) });
      if (!isDone) console.log("(perintah ini tidak dikenal; /bantuan menampilkan semuanya)");
      while (!isTerminal && isDone && Date.now() - heard.at < quietMs)
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    input.prompt();
  }
  stopListening();
  input.close();
}

function choicesOf({ buttons = [], choices = [] }: Line): Choice[] {
  const taps = buttons.flatMap(({ title, payload }) =>
    payload === undefined ? [] : [{ title, payload, kind: "postback" as const }],
  );
  return [...taps, ...choices.map(({ title, payload }) => ({ title, payload, kind: "choice" as const }))];
}

/** Prints one bubble; in a terminal below what is being typed, which stays. */
function show(line: Line, choices: Choice[], input: Interface | undefined): void {
  const who = line.from === "person" ? "petugas" : "halaman";
  const links = (line.buttons ?? []).flatMap(({ title, url, phone }) =>
    url === undefined && phone === undefined ? [] : [`${title}: ${url ?? phone ?? ""}`],
  );
  const rows = [line.text, ...links].flatMap((text) => text.split("\n")).flatMap(wrap);
  const width = Math.max(...rows.map((row) => row.length), who.length + 1);
  const box = [
    `╭─ ${who} ${"─".repeat(width - who.length)}╮`,
    ...rows.map((row) => `│ ${row.padEnd(width)}  │`),
    `╰${"─".repeat(width + 3)}╯`,
    ...choices.map(({ title }, at) => `   [${at + 1}] ${title}`),
  ];
  if (input !== undefined) process.stdout.write("\r\u001b[K");
  console.log(box.join("\n"));
  input?.prompt(true);
}

/** The text in rows of at most WIDTH letters, broken between words. */
function wrap(text: string): string[] {
  const rows = [""];
  for (const word of text.split(" ")) {
    const row = rows.at(-1) ?? "";
    if (row !== "" && row.length + word.length >= WIDTH) rows.push(word);
    else rows[rows.length - 1] = row === "" ? word : `${row} ${word}`;
  }
  return rows;
}

/** What the typed line means: a choice, an attachment, or words. */
function actOf(text: string, choices: Choice[]): { kind: string; text?: string; payload?: string } {
  const chosen = /^\d{1,2}$/.test(text)
    ? choices[Number(text) - 1]
    : choices.find(({ title }) => title.toLowerCase() === text.toLowerCase());
  if (chosen !== undefined) return { kind: chosen.kind, text: chosen.title, payload: chosen.payload };
  if (text.startsWith("/petugas ")) return { kind: "person", text: text.slice("/petugas ".length) };
  return ATTACHMENTS[text] ?? (/^\/[a-z]+$/.test(text) ? { kind: "unknown" } : { kind: "text", text });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
