/** Reads the record files, whose names begin with an underscore. */
import path from "node:path";
import {
  agencyFile,
  cityFile,
  commonFile,
  emergencyFile,
  factsFile,
  hoursFile,
  profileFile,
  wordsFile,
} from "./format.js";
import type {
  AgencyFile,
  CityFile,
  CommonFile,
  EmergencyFile,
  FactsFile,
  HoursFile,
  ProfileFile,
  WordsFile,
} from "./format.js";
import { dialogueFile, placesFile, reportFile, termsFile } from "./format-dialogues.js";
import type { DialogueFile, PlacesFile, ReportFile, TermsFile } from "./format-dialogues.js";
import { erasureFile, type ErasureFile } from "./format-erasure.js";
import type { Problem } from "./problems.js";
import { QUICK_REPLY_FILE, quickReplyFile, type QuickReplyFile } from "./quick-replies.js";
import { readYaml, type ReadFile } from "./read-yaml.js";

/** The records read so far, with their files. */
export interface RecordFiles {
  city?: ReadFile<CityFile>;
  agencies?: ReadFile<AgencyFile>;
  hours?: ReadFile<HoursFile>;
  emergency?: ReadFile<EmergencyFile>;
  words?: ReadFile<WordsFile>;
  common?: ReadFile<CommonFile>;
  profile?: ReadFile<ProfileFile>;
  dialogue?: ReadFile<DialogueFile>;
  report?: ReadFile<ReportFile>;
  terms?: ReadFile<TermsFile>;
  places?: ReadFile<PlacesFile>;
  erasure?: ReadFile<ErasureFile>;
  /** Not every city has some. */
  quickReplies?: ReadFile<QuickReplyFile>;
  /** One for every folder that has some. */
  facts: ReadFile<FactsFile>[];
  /** There, but not readable. */
  broken?: Set<string>;
}

type Single = Exclude<keyof RecordFiles, "facts" | "broken" | "quickReplies">;

/** The records every library needs, in its root. */
export const RECORD_FILES: readonly { name: string; key: Single }[] = [
  { name: "_kota.yaml", key: "city" },
  { name: "_dinas.yaml", key: "agencies" },
  { name: "_jam.yaml", key: "hours" },
  { name: "_darurat.yaml", key: "emergency" },
  { name: "_kata.yaml", key: "words" },
  { name: "_umum.yaml", key: "common" },
  { name: "_profil.yaml", key: "profile" },
  { name: "_dialog.yaml", key: "dialogue" },
  { name: "_laporan.yaml", key: "report" },
  { name: "_istilah.yaml", key: "terms" },
  { name: "_wilayah.yaml", key: "places" },
  { name: "_hapus.yaml", key: "erasure" },
];

/** Reads one record file into `files`, and says what is wrong with it. */
export function readRecords(file: string, source: string, files: RecordFiles): Problem[] {
  if (path.posix.basename(file) === "_fakta.yaml") {
    const { read, problems } = readYaml(file, source, factsFile);
    if (read === undefined) return problems;
    const known = new Set(files.facts.flatMap(({ content }) => Object.keys(content)));
    files.facts.push(read);
    return Object.keys(read.content)
      .filter((id) => known.has(id))
      .map((id) => read.atKey([id], `Fakta "${id}" sudah ada di berkas lain. Beri nama lain.`));
  }
  if (file === QUICK_REPLY_FILE)
    return keep(readYaml(file, source, quickReplyFile), (read) => (files.quickReplies = read));
  const key = RECORD_FILES.find(({ name }) => name === file)?.key;
  if (key === undefined) {
    const names = [...RECORD_FILES.map(({ name }) => name), "_fakta.yaml", QUICK_REPLY_FILE].join(", ");
    return [
      {
        file,
        line: 1,
        column: 1,
        severity: "salah",
        message: `Nama berkas catatan ini tidak dikenal. Yang ada: ${names}.`,
      },
    ];
  }
  const problems = readInto(key, file, source, files);
  if (files[key] === undefined) (files.broken ??= new Set()).add(key);
  return problems;
}

function readInto(key: Single, file: string, source: string, files: RecordFiles): Problem[] {
  switch (key) {
    case "city":
      return keep(readYaml(file, source, cityFile), (read) => (files.city = read));
    case "agencies":
      return keep(readYaml(file, source, agencyFile), (read) => (files.agencies = read));
    case "hours":
      return keep(readYaml(file, source, hoursFile), (read) => (files.hours = read));
    case "emergency":
      return keep(readYaml(file, source, emergencyFile), (read) => (files.emergency = read));
    case "words":
      return keep(readYaml(file, source, wordsFile), (read) => (files.words = read));
    case "common":
      return keep(readYaml(file, source, commonFile), (read) => (files.common = read));
    case "profile":
      return keep(readYaml(file, source, profileFile), (read) => (files.profile = read));
    case "dialogue":
      return keep(readYaml(file, source, dialogueFile), (read) => (files.dialogue = read));
    case "report":
      return keep(readYaml(file, source, reportFile), (read) => (files.report = read));
    case "terms":
      return keep(readYaml(file, source, termsFile), (read) => (files.terms = read));
    case "places":
      return keep(readYaml(file, source, placesFile), (read) => (files.places = read));
    case "erasure":
      return keep(readYaml(file, source, erasureFile), (read) => (files.erasure = read));
  }
}

function keep<T>(
  result: { read?: ReadFile<T>; problems: Problem[] },
  take: (read: ReadFile<T>) => void,
): Problem[] {
  if (result.read !== undefined) take(result.read);
  return result.problems;
}
