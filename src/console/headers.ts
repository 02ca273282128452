/** The headers of every answer of the console: nothing runs that is not ours, nobody frames us, nothing is cached. */
import type { RequestHandler } from "express";
import helmet from "helmet";
import { transportOf } from "./access/transport.js";

/** The one Trusted Types policy that scripts may make: for the address of the service worker that shows alerts. */
export const TRUSTED_TYPES_POLICY = "sabar-worker";

/** Strict-Transport-Security is sent only where the request came encrypted. */
export function consoleHeaders(): RequestHandler {
  const encrypted = withHelmet(true);
  const local = withHelmet(false);
  return (request, response, next) => {
    response.set("cache-control", "no-store");
    (transportOf(request) === "https" ? encrypted : local)(request, response, next);
  };
}

function withHelmet(strictTransportSecurity: boolean): RequestHandler {
  const self = ["'self'"];
  const none = ["'none'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        mediaSrc: self,
        connectSrc: self,
        workerSrc: self,
        manifestSrc: self,
        formAction: self,
        baseUri: none,
        frameAncestors: none,
        objectSrc: none,
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: [TRUSTED_TYPES_POLICY],
      },
    },
    strictTransportSecurity,
    referrerPolicy: { policy: "same-origin" },
  });
}
