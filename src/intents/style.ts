/** Checks the tone: short bubbles, one question, no blame, no promises, and always a next step. */
import { bubblesOf } from "./bubbles.js";
import type { Records } from "./library.js";
import type { LoadedIntent } from "./load.js";
import { meaningOf, PLACEHOLDER } from "./placeholders.js";
import type { Problem } from "./problems.js";

const MOST_BUBBLES = 3;
/** A bubble longer than this is a wall on a small phone. */
const GOOD_BUBBLE = 300;
/** The platform's limit for a text with buttons. */
const LONGEST_BUBBLE = 640;
const LONGEST_SENTENCE_WORDS = 15;

/** Never said to a citizen, and why. */
const FORBIDDEN: readonly { pattern: RegExp; why: string }[] = [
  { pattern: /bukan wewenang kami/i, why: "Sebutkan badan yang berwenang dan cara menghubunginya." },
  { pattern: /sesuai prosedur/i, why: "Jelaskan langkahnya saja." },
  { pattern: /harap maklum|mohon dimaklumi/i, why: "Minta maaf dan katakan apa yang dilakukan." },
  {
    pattern:
      /\b(kan )?sudah (kami|kita) (jelaskan|jawab|sampaikan)|baca (yang )?di ?atas|makanya|(se)?harusnya (bapak|ibu|kakak|anda)/i,
    why: "Jangan menyalahkan warga.",
  },
  {
    pattern: /\bdijamin\b|\bpasti (selesai|jadi|dapat|datang|bisa)\b|kami jamin/i,
    why: "Jangan menjanjikan yang tidak bisa dipegang.",
  },
  { pattern: /\bmimin\b/i, why: 'Pakai "kami".' },
  { pattern: /saya petugas/i, why: "Asisten tidak mengaku sebagai orang." },
  { pattern: /hapus komentar/i, why: "Warga tidak diminta menghapus komentarnya." },
  {
    pattern:
      /(kirim|kirimkan|sebutkan|ketik|tuliskan|balas dengan)( juga)?( foto)? (nik|nomor kk|no kk|otp|pin|nama ibu kandung|ktp)\b(?! (di|ke) (aplikasi|situs))/i,
    why: "Jangan meminta NIK, KK, OTP, PIN, atau foto KTP lewat obrolan.",
  },
  { pattern: /https?:\/\/(bit\.ly|tinyurl|s\.id|goo\.gl|cutt\.ly)/i, why: "Jangan memakai pemendek tautan." },
  { pattern: /!{2,}/, why: "Cukup satu tanda seru." },
];

/** Emergency texts may not tell anybody to be patient. */
const URGENT_FORBIDDEN = /\b(ber)?sabar\b/i;

/** Problems of tone in one intent. */
export function checkStyle({ intent, file }: LoadedIntent, records: Records): Problem[] {
  const { jawaban, kalau_ditanya_lagi: again = [], jawaban_darurat: danger } = file.content;
  const texts = [
    { path: ["jawaban"], text: jawaban, isUrgent: intent.afterwards === "urgent" },
    ...again.map((text, index) => ({
      path: ["kalau_ditanya_lagi", index],
      text,
      isUrgent: intent.afterwards === "urgent",
    })),
    { path: ["jawaban_darurat"], text: danger, isUrgent: true },
  ];
  const found = texts.flatMap(({ path, text, isUrgent }) =>
    text === undefined
      ? []
      : [
          ...checkWording(
            text,
            (message, severity) => file.at(path, message, severity),
            intent.agency,
            records,
          ),
          ...(isUrgent && URGENT_FORBIDDEN.test(text)
            ? [file.at(path, "Orang dalam bahaya tidak diminta sabar.")]
            : []),
        ],
  );
  return [...found, ...checkAgain(intent.wordings, file), ...checkNumberFirst({ intent, file }, records)];
}

type Say = (message: string, severity?: Problem["severity"]) => Problem;

function checkWording(text: string, say: Say, agency: string, records: Records): Problem[] {
  const found: Problem[] = [];
  const bubbles = bubblesOf(text).map((bubble) => measure(bubble, agency, records));
  if (bubbles.length > MOST_BUBBLES)
    found.push(say(`Paling banyak ${MOST_BUBBLES} gelembung; di sini ${bubbles.length}.`));
  for (const bubble of bubbles) {
    if (bubble.length > LONGEST_BUBBLE)
      found.push(say(`Gelembung ini ${bubble.length} huruf; paling banyak ${LONGEST_BUBBLE}.`));
    else if (bubble.length > GOOD_BUBBLE)
      found.push(
        say(`Gelembung ini ${bubble.length} huruf; sebaiknya paling banyak ${GOOD_BUBBLE}.`, "saran"),
      );
  }
  for (const { pattern, why } of FORBIDDEN) {
    const match = pattern.exec(text);
    if (match !== null) found.push(say(`"${match[0]}" tidak dipakai. ${why}`));
  }
  if ((text.match(/🙏/gu) ?? []).length > 1) found.push(say("Cukup satu 🙏.", "saran"));
  const questions = bubbles.map((bubble) => (bubble.match(/\?/g) ?? []).length);
  if (questions.reduce((sum, each) => sum + each, 0) > 1)
    found.push(say("Satu pertanyaan saja dalam satu jawaban.", "saran"));
  if (questions.slice(0, -1).some((each) => each > 0))
    found.push(say("Pertanyaan ditaruh di gelembung terakhir.", "saran"));
  const long = sentencesOf(text).find((sentence) => sentence.split(/\s+/).length > LONGEST_SENTENCE_WORDS);
  if (long !== undefined)
    found.push(
      say(`Kalimat ini panjang (${long.split(/\s+/).length} kata): "${long.slice(0, 40)}…"`, "saran"),
    );
  if (/\b(?!KTP|KK)[A-Z]{3,}(?:\s+[A-Z]{4,}){2,}/.test(text))
    found.push(say("Jangan menulis dengan huruf besar semua.", "saran"));
  return found;
}

/** About what a citizen sees: placeholders replaced by what stands in the records. */
function measure(bubble: string, agency: string, records: Records): string {
  return bubble.replace(PLACEHOLDER, (whole, name: string) => {
    const meaning = meaningOf(name, agency, records);
    switch (meaning?.kind) {
      case "fact":
        return records.facts[meaning.id]?.isi.trim() ?? whole;
      case "emergency":
        return records.emergency.nomor[meaning.id]?.nomor ?? whole;
      case "city":
        return Object.entries(records.city).find(([key]) => key === meaning.key)?.[1] ?? whole;
      case "agency":
        return (
          Object.entries(records.agencies[meaning.agency] ?? {}).find(([key]) => key === meaning.part)?.[1] ??
          "x".repeat(50)
        );
      case "moment":
        return "x".repeat(20);
      case undefined:
        return whole;
    }
  });
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.?!])\s+|\n+/)
    .map((sentence) => sentence.replace(/^\d+\.\s*/, "").trim())
    .filter((sentence) => sentence !== "");
}

/** Patience means other words, not the same words again. */
function checkAgain(wordings: LoadedIntent["intent"]["wordings"], file: LoadedIntent["file"]): Problem[] {
  const plain = wordings.map(
    ({ bubbles }) =>
      new Set(
        bubbles
          .join(" ")
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu) ?? [],
      ),
  );
  return plain.flatMap((words, index) =>
    plain.slice(0, index).some((earlier) => overlap(words, earlier) > 0.85)
      ? [
          file.at(
            ["kalau_ditanya_lagi", index - 1],
            "Hampir sama dengan jawaban sebelumnya. Jelaskan dengan cara lain.",
          ),
        ]
      : [],
  );
}

function overlap(a: Set<string>, b: Set<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  return both / Math.max(1, a.size + b.size - both);
}

/** Somebody in danger reads one line. */
function checkNumberFirst({ intent, file }: LoadedIntent, records: Records): Problem[] {
  const isEmergency = Object.values(records.emergency.kelas).some(({ topik }) => topik === intent.id);
  const { jawaban, jawaban_darurat: danger } = file.content;
  const numbers = Object.values(records.emergency.nomor).map(({ nomor }) => nomor);
  const lacksNumber = (text: string): boolean => {
    const firstLine = text.split("\n")[0] ?? "";
    return !/\{darurat\.\w+\}/.test(firstLine) && !numbers.some((nomor) => firstLine.includes(nomor));
  };
  const answers = [
    ...(intent.afterwards === "urgent" || isEmergency ? [{ key: "jawaban", text: jawaban ?? "" }] : []),
    ...(danger === undefined ? [] : [{ key: "jawaban_darurat", text: danger }]),
  ];
  return answers
    .filter(({ text }) => lacksNumber(text))
    .map(({ key }) => file.at([key], "Nomor darurat harus ada di baris pertama."));
}
