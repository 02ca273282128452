/** Where messages for browsers may go: out into the world over https, and never to a machine of the city. */
import dns from "node:dns";
import https from "node:https";
import { BlockList, isIP } from "node:net";

/** Networks nobody outside can have (IANA special-purpose address registries). */
const PRIVATE: [network: string, prefix: number, family: "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 127, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["100::", 64, "ipv6"],
  ["2001:db8::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

const inside = new BlockList();
for (const [network, prefix, family] of PRIVATE) inside.addSubnet(network, prefix, family);

/** True for an address of the open internet. */
export function isOutside(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !inside.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** True for https under a name on the usual port, without a password in it; and for the exact `origins` besides. */
export function mayPushTo(endpoint: string, origins: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.username !== "" || url.password !== "") return false;
  if (origins.includes(url.origin)) return true;
  const isName = url.hostname.includes(".") && !url.hostname.startsWith("[") && isIP(url.hostname) === 0;
  return url.protocol === "https:" && url.port === "" && isName;
}

/** Connects to addresses outside only, whatever a name says when it is asked. */
export function outsideAgent(): https.Agent {
  return new https.Agent({ keepAlive: true, maxSockets: 16, timeout: 20_000, lookup: lookUpOutside });
}

/** Looks a name up as connections do, and gives none of its addresses that lie inside. */
export const lookUpOutside: NonNullable<https.AgentOptions["lookup"]> = (name, options, answer) => {
  dns.lookup(name, { ...options, all: true }, (error, found) => {
    const addresses = error === null ? found.filter(({ address }) => isOutside(address)) : [];
    const [first] = addresses;
    if (first === undefined) answer(error ?? new Error("This name leads to no address outside."), "", 0);
    else if (options.all === true) answer(null, addresses);
    else answer(null, first.address, first.family);
  });
};
