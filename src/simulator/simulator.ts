/** The simulator: a Messenger on this machine, with its page. */
import type { Router } from "express";
import type { Facebook } from "./facebook.js";
import type { FakeGraph } from "./graph.js";
import { renderPage, type PageData } from "./page.js";
import { createPages } from "./pages.js";
import { createPictures } from "./pictures.js";
import { createTown, type TownParts } from "./town.js";
import type { Line } from "./transcript.js";

/** `page` is asked at every load, so that a changed library shows. */
export interface SimulatorParts extends TownParts {
  page: () => PageData;
}

/** A Messenger on this machine. */
export interface Simulator {
  /** Mount at /simulator; its Graph API is below /graph. Answers requests of this machine only. */
  router: Router;
  graph: FakeGraph;
  facebook: Facebook;
  /** Does what the page would do; false when that makes no sense. */
  act(act: unknown): boolean;
  /** Calls with every line that is said, and by or to whom, until the returned function is called. */
  listen(listener: (line: Line, citizen: string) => void): () => void;
  /** Ends deliveries that still wait. */
  close(): void;
}

/** Makes a simulator for one server. */
export function createSimulator(parts: SimulatorParts): Simulator {
  const pictures = createPictures();
  const keepPicture = (bytes: Buffer): string | undefined => {
    const kept = pictures.keep(bytes);
    return kept === undefined ? undefined : `/simulator${kept}`;
  };
  const town = createTown({ keepPicture, ...parts });
  const { graph, facebook, transcript, act } = town;
  return {
    router: createPages({ town, pictures, html: () => renderPage(parts.page()) }),
    graph,
    facebook,
    act,
    listen: (listener) =>
      transcript.follow((change) => {
        if (change.kind === "line") listener(change.line, change.citizen);
      }),
    close: () => facebook.close(),
  };
}
