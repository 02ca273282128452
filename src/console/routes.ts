/** Every address of the console and the right it needs. What is not in this table does not exist. */
import type { RequestHandler } from "express";
import type { Right } from "./access/rights.js";

/** `open`: no session needed. `signed-in`: whoever has a session. Otherwise one of these rights. */
export type Need = "open" | "signed-in" | readonly Right[];

/** Below /console. */
export const ROUTES = {
  "GET /": "signed-in",
  "GET /login": "open",
  "POST /login": "open",
  "POST /logout": "open",
  "GET /session": "signed-in",
  "POST /session": "signed-in",
  "GET /setup/:token": "open",
  "POST /setup/:token": "open",
  "GET /account": "signed-in",
  "POST /account/sessions/end": "signed-in",
  "POST /account/sessions/end-others": "signed-in",
  "POST /account/password": "signed-in",
  "POST /account/backup-codes": "signed-in",
  "GET /settings": ["manage-system", "answer-citizens"],
  "GET /settings/hours": ["manage-system", "answer-citizens"],
  "GET /settings/alerts": ["answer-citizens"],
  "POST /settings/alerts": ["answer-citizens"],
  "POST /settings/alerts/off": ["answer-citizens"],
  "POST /settings/alerts/try": ["answer-citizens"],
  "GET /settings/staff": ["manage-system"],
  "POST /settings/staff": ["manage-system"],
  "GET /settings/staff/:id": ["manage-system"],
  "POST /settings/staff/:id": ["manage-system"],
  "POST /settings/staff/:id/link": ["manage-system"],
  "POST /settings/staff/:id/end-sessions": ["manage-system"],
  "POST /settings/staff/:id/disable": ["manage-system"],
  "POST /settings/staff/:id/enable": ["manage-system"],
  "GET /records": ["see-health", "retry-parked", "manage-system"],
  "GET /records/health": ["see-health"],
  "GET /records/parked": ["retry-parked"],
  "POST /records/parked": ["retry-parked"],
  "GET /records/library": ["see-health"],
  "GET /records/audit": ["manage-system"],
  "POST /records/audit/export": ["manage-system"],
  "GET /inbox": ["read-conversations"],
  "GET /quick-replies": ["answer-citizens"],
  "GET /live": ["read-conversations", "read-tickets"],
  "GET /conversations/:citizen": ["read-conversations"],
  "GET /conversations/:citizen/files/:file": ["read-conversations"],
  "POST /conversations/:citizen/act": ["answer-citizens"],
  "POST /conversations/:citizen/draft": ["answer-citizens"],
  "POST /conversations/:citizen/open-data": ["open-personal-data"],
  "POST /conversations/:citizen/retry": ["answer-citizens"],
  "GET /tickets": ["read-tickets", "work-agency-tickets"],
  "GET /tickets/:id": ["read-tickets", "work-agency-tickets"],
  "GET /tickets/:id/pictures/:picture": ["read-tickets", "work-agency-tickets"],
  "POST /tickets/:id": ["work-tickets", "work-agency-tickets"],
} as const satisfies Record<`${"GET" | "POST"} /${string}`, Need>;

export type RouteName = keyof typeof ROUTES;

/** A route that browsers call by themselves does not keep its session alive. */
export const PASSIVE: readonly RouteName[] = [
  "GET /session",
  "GET /live",
  "POST /conversations/:citizen/draft",
];

/** What these give is not even admitted to exist to whoever has no session. */
export const HIDDEN: readonly RouteName[] = [
  "GET /conversations/:citizen/files/:file",
  "GET /tickets/:id/pictures/:picture",
];

/** What answers each route; forms and uploads bring their own parsers. */
export type Handlers = Record<RouteName, RequestHandler | RequestHandler[]>;
