import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readCredentials } from "lib/fetch/credentials.ts";
import { type OutgoingRequest, signRequest } from "lib/fetch/sign_request.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const credentials = readCredentials((name) =>
  new Map([
    ["FRED_API_KEY", "fred+key+of+tests"],
    ["KALSHI_API_KEY_ID", "id-of-the-tests"],
    ["KALSHI_PRIVATE_KEY", privateKey.export({ type: "pkcs1", format: "pem" }).toString()],
  ]).get(name)
);
const none = readCredentials(() => undefined);
const nowMs = Date.UTC(2026, 10, 22, 12) + 0.75;

const request = (url: string, method: "GET" | "POST" = "GET"): OutgoingRequest => ({
  method,
  url,
  headers: { accept: "application/json" },
});

/** Verified by WebCrypto, another program than the one that signs. */
async function isSigned(signature: string, message: string): Promise<boolean> {
  const der = Uint8Array.from(publicKey.export({ type: "spki", format: "der" }));
  const algorithm = { name: "RSA-PSS", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("spki", der, algorithm, false, ["verify"]);
  const bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
  const text = new TextEncoder().encode(message);
  return crypto.subtle.verify({ name: "RSA-PSS", saltLength: 32 }, key, bytes, text);
}

Deno.test("signRequest() signs time, method and path for Kalshi, with /trade-api/v2, without the query", async () => {
  const asked = request(
    "https://external-api.kalshi.com/trade-api/v2/markets/KXA-26%5E?limit=5&cursor=a",
  );
  const signed = signRequest(asked, "kalshi", { credentials, nowMs });
  const { "kalshi-access-signature": signature, ...rest } = signed.headers;
  assert.equal(signed.url, asked.url);
  assert.deepEqual(rest, {
    "accept": "application/json",
    "kalshi-access-key": "id-of-the-tests",
    "kalshi-access-timestamp": "1795348800000",
  });
  const path = "/trade-api/v2/markets/KXA-26%5E";
  assert.equal(await isSigned(signature!, `1795348800000GET${path}`), true);
  assert.equal(await isSigned(signature!, `1795348800000POST${path}`), false);
  assert.equal(await isSigned(signature!, `1795348800000GET${path}?limit=5&cursor=a`), false);
  const posted = signRequest(request(asked.url, "POST"), "kalshi", { credentials, nowMs });
  const other = posted.headers["kalshi-access-signature"]!;
  assert.equal(await isSigned(other, `1795348800000POST${path}`), true);
});

Deno.test("signRequest() adds the key of FRED to the query", () => {
  const key = "api_key=fred%2Bkey%2Bof%2Btests";
  const signed = (url: string) => signRequest(request(url), "fred", { credentials, nowMs });
  const url = "https://api.stlouisfed.org/fred/series/observations";
  assert.equal(signed(`${url}?series_id=DGS10`).url, `${url}?series_id=DGS10&${key}`);
  assert.equal(signed(url).url, `${url}?${key}`);
  assert.deepEqual(signed(url).headers, { accept: "application/json" });
});

Deno.test("signRequest() changes nothing for a host without credentials or an environment without them", () => {
  const asked = Object.freeze(request("https://example.org/a?b=1"));
  assert.equal(signRequest(asked, null, { credentials, nowMs }), asked);
  assert.equal(signRequest(asked, "fred", { credentials: none, nowMs }), asked);
  assert.equal(signRequest(asked, "kalshi", { credentials: none, nowMs }), asked);
});
