import { createSignatureCheck, proveSecret, signBody } from "../../src/messenger/signature.js";
import { readJsonFile } from "./facebook.js";

const vectors = readJsonFile("vectors.json") as {
  appSecret: string;
  webhook: {
    body: string;
    signature: string;
    signatureOfReserialised: string;
    plainUtf8: { body: string; signature: string };
  };
  appsecretProof: { token: string; proof: string };
};
const { webhook, appSecret } = vectors;
const isSigned = createSignatureCheck(appSecret);

describe("who may deliver to us", () => {
  it("accepts a delivery that is signed over the bytes as they came", () => {
    expect(isSigned(Buffer.from(webhook.body), webhook.signature)).toBe(true);
    expect(signBody(webhook.body, appSecret)).toBe(webhook.signature);
  });

  it("accepts plain UTF-8 that was signed in its escaped form", () => {
    expect(isSigned(Buffer.from(webhook.plainUtf8.body), webhook.plainUtf8.signature)).toBe(true);
  });

  it("refuses the signature of the same JSON written in another way", () => {
    expect(isSigned(Buffer.from(webhook.body), webhook.signatureOfReserialised)).toBe(false);
  });

  it("refuses a delivery with a single changed byte", () => {
    const bytes = Buffer.from(webhook.body);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
    expect(isSigned(bytes, webhook.signature)).toBe(false);
  });

  it.each([
    undefined,
    "",
    "sha256=",
    "sha256=abc",
    webhook.signature.slice(7),
    `sha1=${"0".repeat(40)}`,
    `sha256=${"0".repeat(64)}`,
    `sha256=${"z".repeat(64)}`,
    `${webhook.signature}00`,
    ` ${webhook.signature}`,
    `${webhook.signature}, ${webhook.signature}`,
  ])("refuses the header %p", (header) => {
    expect(isSigned(Buffer.from(webhook.body), header)).toBe(false);
  });

  it("accepts nothing when no secret is set, not even a signature made with the empty secret", () => {
    expect(createSignatureCheck("")(Buffer.from("{}"), signBody("{}", ""))).toBe(false);
  });

  it("proves to the Graph API that it knows the secret", () => {
    expect(proveSecret(vectors.appsecretProof.token, appSecret)).toBe(vectors.appsecretProof.proof);
  });
});
