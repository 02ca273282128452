/** The simulator's page: a frame with one empty conversation as a template; its script fills it. */
import { renderToString } from "preact-render-to-string";
import { ERROR_FAULTS, PLAIN_FAULTS, type FaultChoice } from "./faults.js";

/** A menu item either says something or opens an address. */
export type MenuItem = { title: string; payload: string } | { title: string; url: string };

/** What a citizen sees of the page before writing, as it stands in its Messenger profile. */
export interface PageData {
  pageName: string;
  profile: {
    greeting: string;
    /** Payload of Get Started; absent: no such button. */
    start?: string;
    starters: { title: string; payload: string }[];
    menu: MenuItem[];
  };
}

/** The whole document. */
export function renderPage(data: PageData): string {
  return `<!doctype html>${renderToString(<SimulatorPage {...data} />)}`;
}

function SimulatorPage({ pageName, profile }: PageData) {
  return (
    <html lang="id">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Simulator — {pageName}</title>
        <link rel="icon" href="/simulator/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/simulator/simulator.css" />
        <link rel="stylesheet" href="/simulator/conversation.css" />
        <link rel="stylesheet" href="/simulator/composer.css" />
        <script
          type="application/json"
          id="page"
          dangerouslySetInnerHTML={{ __html: asScriptText({ pageName, profile }) }}
        />
        <script type="module" src="/simulator/simulator.js" />
      </head>
      <body>
        <header>
          <img src="/simulator/icon.svg" alt="" width="32" height="32" />
          <div class="title">
            <h1>Simulator — {pageName}</h1>
            <p>Tidak ada yang sampai ke Facebook.</p>
          </div>
          <nav aria-label="Halaman lain">
            <a href="/console">Konsol petugas</a>
            <a href="/readyz">Kesehatan</a>
          </nav>
          <p class="trouble" id="trouble" role="status" />
        </header>
        <Panel />
        <div class="tabs">
          <div id="tabs" role="group" aria-label="Warga" />
          <button type="button" id="add">
            + Warga
          </button>
        </div>
        <main id="phones" aria-label="Percakapan" />
        <p id="toast" role="alert" hidden />
        <template id="phone">
          <Phone pageName={pageName} />
        </template>
        <noscript>Simulator ini membutuhkan JavaScript.</noscript>
      </body>
    </html>
  );
}

/** How Facebook misbehaves. */
function Panel() {
  return (
    <details id="panel">
      <summary>Panel gangguan</summary>
      <div class="panel">
        <fieldset>
          <legend>Pesan warga berikutnya</legend>
          <select id="manner" aria-label="Cara pesan datang">
            <option value="">datang biasa</option>
            <option value="twice">datang dua kali</option>
            <option value="late">datang terlambat</option>
            <option value="after">tertukar dengan pesan sesudahnya</option>
          </select>
          <label id="late" hidden>
            <input type="number" id="seconds" min="1" max="600" value="5" /> detik
          </label>
          <label>
            <input type="checkbox" id="always" /> semua pesan
          </label>
        </fieldset>
        <fieldset>
          <legend>Jawaban Facebook kepada server</legend>
          <select id="fault" aria-label="Gangguan">
            <Options choices={PLAIN_FAULTS} />
            <optgroup label="Kode galat">
              <Options choices={ERROR_FAULTS} />
            </optgroup>
          </select>
          <select id="times" aria-label="Berapa kali">
            <option value="1">1 kali</option>
            <option value="3">3 kali</option>
            <option value="0">terus</option>
          </select>
        </fieldset>
        <fieldset>
          <legend>Sambungan Facebook ke server</legend>
          <button type="button" id="connection" aria-pressed="false">
            Putuskan
          </button>
          <span id="waiting" />
        </fieldset>
        <p class="hint">
          Token mati, izin dicabut dan halaman dibatasi menghentikan semua kiriman sampai server dijalankan
          lagi.
        </p>
      </div>
    </details>
  );
}

function Options({ choices }: { choices: readonly FaultChoice[] }) {
  return choices.map(({ id, title }) => (
    <option key={id} value={id}>
      {title}
    </option>
  ));
}

/** One conversation, empty. */
function Phone({ pageName }: { pageName: string }) {
  return (
    <section class="phone">
      <div class="bar">
        <span class="avatar" aria-hidden="true" />
        <div class="who">
          <input class="name" aria-label="Nama warga" maxLength={20} autoComplete="off" />
          <span>menulis ke {pageName}</span>
        </div>
        <button type="button" class="icon close" aria-label="Tutup percakapan ini">
          ×
        </button>
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-label="Percakapan">
        <div class="welcome">
          <span class="avatar page" aria-hidden="true">
            {pageName.slice(0, 1)}
          </span>
          <strong>{pageName}</strong>
          <p class="greeting" />
          <div class="starters" />
        </div>
        <div role="log" aria-live="polite" aria-label="Pesan">
          <ol class="lines" />
        </div>
        <div class="typing" hidden>
          <i />
          <i />
          <i />
          <span class="unseen">sedang mengetik</span>
        </div>
      </div>
      <div class="choices" role="group" aria-label="Pilihan jawaban" />
      <p class="mode" hidden>
        <span />
        <button type="button">Batal</button>
      </p>
      <Composer />
    </section>
  );
}

function Composer() {
  return (
    <form class="write">
      <div class="pop menu" hidden />
      <div class="pop attach" hidden>
        <button type="button" data-do="upload">
          🖼️ Foto dari komputer
        </button>
        <button type="button" data-do="picture" data-payload="/simulator/samples/jalan-berlubang.svg">
          📷 Contoh foto: jalan berlubang
        </button>
        <button type="button" data-do="picture" data-payload="/simulator/samples/lampu-mati.svg">
          📷 Contoh foto: lampu jalan mati
        </button>
        <button type="button" data-do="audio">
          🎤 Pesan suara
        </button>
        <button type="button" data-do="location">
          📍 Lokasi saya
        </button>
        <button type="button" data-do="file">
          📄 Berkas PDF
        </button>
        <button type="button" data-do="referral" data-payload="poster-rt">
          ↪ Datang lewat tautan m.me
        </button>
        <hr />
        <button type="button" data-do="person">
          🧑‍💼 Menulis sebagai petugas (Business Suite)
        </button>
        <input type="file" accept="image/png,image/jpeg,image/webp,image/gif" hidden />
      </div>
      <button type="button" class="icon open-menu" aria-label="Menu halaman" aria-expanded="false">
        ☰
      </button>
      <button type="button" class="icon open-attach" aria-label="Lampiran" aria-expanded="false">
        +
      </button>
      <textarea rows={1} placeholder="Tulis pesan…" aria-label="Tulis pesan" maxLength={2000} />
      <button type="submit" class="icon send" aria-label="Kirim jempol">
        👍
      </button>
    </form>
  );
}

/** Data inside a script element: "<" must not end it. */
function asScriptText(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
