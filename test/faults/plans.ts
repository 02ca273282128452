/** How the busy evenings with faults are played: how much is written, and what happens meanwhile. */

export interface Plan {
  servers: number;
  citizens: number;
  messages: number;
  leaseSeconds: number;
  pauseMs: number;
  /** Kills and pauses, spread over the messages: a slow machine has as many as a fast one. */
  faults: number;
  databaseRestarts: number;
  /** How long the database is away each time, in milliseconds. */
  databaseAwayMs: number;
  /** How long to wait for the last answer, and for a delivery to be accepted. */
  idleWithinMs: number;
  /** Hears every few seconds how far it has come. */
  say?: (sentence: string) => void;
}

/** As the test suite plays it: everything happens, in a minute or two. */
export const SHORT: Plan = {
  servers: 3,
  citizens: 40,
  messages: 400,
  leaseSeconds: 8,
  pauseMs: 12_000,
  faults: 5,
  databaseRestarts: 1,
  databaseAwayMs: 1000,
  idleWithinMs: 300_000,
};

/** In full: pauses longer than the lease that servers are run with. */
export const LONG: Plan = {
  servers: 3,
  citizens: 300,
  messages: 5000,
  leaseSeconds: 30,
  pauseMs: 40_000,
  faults: 40,
  databaseRestarts: 2,
  databaseAwayMs: 1000,
  idleWithinMs: 600_000,
};

/** One server on one file: it is killed and paused, and has to come back by itself. */
export const ALONE: Plan = {
  servers: 1,
  citizens: 30,
  messages: 400,
  leaseSeconds: 30,
  pauseMs: 4000,
  faults: 5,
  databaseRestarts: 0,
  databaseAwayMs: 0,
  idleWithinMs: 240_000,
};

/** The primary of a replica set steps down again and again; the servers themselves are left alone. */
export const STEP_DOWNS: Plan = {
  servers: 2,
  citizens: 40,
  messages: 400,
  leaseSeconds: 8,
  pauseMs: 0,
  faults: 0,
  databaseRestarts: 5,
  // Elections take a few seconds.
  databaseAwayMs: 3000,
  idleWithinMs: 240_000,
};

/** Every citizen taps each of these at most once: every message has an answer of its own. */
export const TOPICS = [
  "ktp-hilang",
  "ktp-baru",
  "ktp-rusak",
  "ktp-ubah-data",
  "kk-baru",
  "kk-hilang",
  "kk-ubah",
  "akta-lahir",
  "akta-kematian",
  "akta-kawin-cerai",
  "pindah-datang",
  "pindah-keluar",
  "kia",
  "ikd",
  "legalisir",
  "jemput-bola",
  "bpjs-pbi",
  "pajak-daerah",
  "acara-kota",
  "jam-dan-alamat",
];
