/** Where pictures may be fetched from: the platform's own servers, and nothing else. */

/** Messenger's attachments lie on these (developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages). */
const PLATFORM = [".fbcdn.net", ".fbsbx.com"];

/** True for https on the platform's servers, and for the addresses of this machine's simulator. `origins`: exact, `http://127.0.0.1:3000`. */
export function mayFetch(address: string, origins: readonly string[]): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.username !== "" || url.password !== "") return false;
  if (origins.includes(url.origin)) return true;
  const isUsualPort = url.port === "" || url.port === "443";
  return url.protocol === "https:" && isUsualPort && PLATFORM.some((end) => url.hostname.endsWith(end));
}
