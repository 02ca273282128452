/** Who may open which address of the console, as the tests expect it. */
import type { RouteName } from "../../src/console/routes";

const EVERYBODY = "officer editor approver head agency administrator";

/** Who passes the guard. Written out a second time on purpose: a right given by mistake shows here. */
export const WHO: Record<RouteName, string> = {
  "GET /": EVERYBODY,
  "GET /login": "open",
  "POST /login": "open",
  "POST /logout": "open",
  "GET /session": EVERYBODY,
  "POST /session": EVERYBODY,
  "GET /setup/:token": "open",
  "POST /setup/:token": "open",
  "GET /account": EVERYBODY,
  "POST /account/sessions/end": EVERYBODY,
  "POST /account/sessions/end-others": EVERYBODY,
  "POST /account/password": EVERYBODY,
  "POST /account/backup-codes": EVERYBODY,
  "GET /settings": "officer administrator",
  "GET /settings/hours": "officer administrator",
  "GET /settings/alerts": "officer",
  "POST /settings/alerts": "officer",
  "POST /settings/alerts/off": "officer",
  "POST /settings/alerts/try": "officer",
  "GET /settings/staff": "administrator",
  "POST /settings/staff": "administrator",
  "GET /settings/staff/:id": "administrator",
  "POST /settings/staff/:id": "administrator",
  "POST /settings/staff/:id/link": "administrator",
  "POST /settings/staff/:id/end-sessions": "administrator",
  "POST /settings/staff/:id/disable": "administrator",
  "POST /settings/staff/:id/enable": "administrator",
  "GET /records": "officer approver administrator",
  "GET /records/health": "officer approver administrator",
  "GET /records/parked": "officer administrator",
  "POST /records/parked": "officer administrator",
  "GET /records/library": "officer approver administrator",
  "GET /records/audit": "administrator",
  "POST /records/audit/export": "administrator",
  "GET /inbox": "officer editor approver",
  "GET /quick-replies": "officer",
  "GET /live": "officer head editor approver",
  "GET /conversations/:citizen": "officer editor approver",
  "GET /conversations/:citizen/files/:file": "officer editor approver",
  "POST /conversations/:citizen/act": "officer",
  "POST /conversations/:citizen/draft": "officer",
  "POST /conversations/:citizen/open-data": "officer",
  "POST /conversations/:citizen/retry": "officer",
  "GET /tickets": "officer head agency",
  "GET /tickets/:id": "officer head agency",
  "GET /tickets/:id/pictures/:picture": "officer head agency",
  "POST /tickets/:id": "officer agency",
};

/** True for what needs no session. */
export const isOpen = (name: RouteName): boolean => WHO[name] === "open";
