import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { readCredentials, redacted } from "lib/fetch/credentials.ts";

const PEM = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
  .export({ type: "pkcs1", format: "pem" }).toString();
const KALSHI_ID = "a952bcbe-ec3b-4b5b-b8f9-11dae589608c";
const FRED_KEY = "abcdefghijklmnop+/=%&123456789ab";

const of = (values: Record<string, string>) => (name: string) => values[name];

Deno.test("readCredentials() says which there are", () => {
  assert.deepEqual(readCredentials(() => undefined).names, []);
  assert.deepEqual(readCredentials(of({ FRED_API_KEY: " " })).names, []);
  assert.deepEqual(readCredentials(of({ FRED_API_KEY: FRED_KEY })).names, ["fred"]);
  const both = readCredentials(of({
    FRED_API_KEY: FRED_KEY,
    KALSHI_API_KEY_ID: KALSHI_ID,
    KALSHI_PRIVATE_KEY: PEM,
  }));
  assert.deepEqual(both.names, ["fred", "kalshi"]);
  assert.equal(both.readFredKey!(), FRED_KEY);
  assert.equal(both.readKalshiKey!().id, KALSHI_ID);
});

Deno.test("readCredentials() reads the private key of a file, of lines divided by \\n, and as PKCS 8", () => {
  const pkcs8 = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
    .export({ type: "pkcs8", format: "pem" }).toString();
  const id = { KALSHI_API_KEY_ID: KALSHI_ID };
  const exported = (values: Record<string, string>, readFile?: (path: string) => string) =>
    readCredentials(of({ ...id, ...values }), { readFile }).readKalshiKey!().privateKey
      .export({ type: "pkcs1", format: "pem" }).toString();
  assert.equal(exported({ KALSHI_PRIVATE_KEY: PEM.replaceAll("\n", "\\n") }), PEM);
  assert.equal(
    exported({ KALSHI_PRIVATE_KEY_FILE: "/keys/kalshi.pem" }, (path) => {
      assert.equal(path, "/keys/kalshi.pem");
      return PEM;
    }),
    PEM,
  );
  assert.match(exported({ KALSHI_PRIVATE_KEY: pkcs8 }), /BEGIN RSA PRIVATE KEY/);
});

Deno.test("readCredentials() gives nothing away, printed or as JSON", () => {
  const credentials = readCredentials(of({
    FRED_API_KEY: FRED_KEY,
    KALSHI_API_KEY_ID: KALSHI_ID,
    KALSHI_PRIVATE_KEY: PEM,
  }));
  const shown = Deno.inspect(credentials, { depth: 10 }) + JSON.stringify(credentials);
  for (const secret of credentials.readSecrets()) assert.ok(!shown.includes(secret));
});

Deno.test("redacted() hides every secret, each line of a PEM, and their forms in an address", () => {
  const credentials = readCredentials(of({
    FRED_API_KEY: FRED_KEY,
    KALSHI_API_KEY_ID: KALSHI_ID,
    KALSHI_PRIVATE_KEY: PEM,
  }));
  const line = PEM.split("\n")[3]!;
  const cases: [string, string][] = [
    [`a ${FRED_KEY} b ${KALSHI_ID}`, "a *** b ***"],
    [`?api_key=${encodeURIComponent(FRED_KEY)}&x=1`, "?api_key=***&x=1"],
    [`?api_key=${encodeURIComponent(FRED_KEY).toLowerCase()}`, "?api_key=***"],
    [`?${new URLSearchParams({ k: FRED_KEY })}`, "?k=***"],
    [`${PEM}!`, "***\n!"],
    [JSON.stringify({ pem: PEM.trim() }), '{"pem":"***"}'],
    [`part ${line} of it`, "part *** of it"],
    ["nothing", "nothing"],
  ];
  for (const [text, clean] of cases) assert.equal(redacted(text, credentials), clean);
});

Deno.test("redacted() leaves no secret in any text around it, and texts alone without secrets", () => {
  const credentials = readCredentials(of({ FRED_API_KEY: FRED_KEY }));
  const none = readCredentials(() => undefined);
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const text = before + FRED_KEY + after;
      assert.equal(redacted(text, credentials), `${before}***${after}`);
      assert.equal(redacted(text, none), text);
    }),
    { seed: 8 },
  );
});

Deno.test("readCredentials() tells what is wrong, without the value", () => {
  const together = "Cannot use the key of Kalshi as KALSHI_API_KEY_ID and one of " +
    "KALSHI_PRIVATE_KEY and KALSHI_PRIVATE_KEY_FILE must be set together: got only ";
  const noKey = "Cannot use the private key of Kalshi as it must be an RSA key in PEM without a " +
    "password: got another text";
  const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
    .export({ type: "pkcs8", format: "pem" }).toString();
  const faults: [Record<string, string>, string][] = [
    [
      { FRED_API_KEY: "two words are none" },
      "Cannot use FRED_API_KEY as it must be one word of 8 to 200 plain characters: got another text",
    ],
    [
      { KALSHI_API_KEY_ID: "short" },
      "Cannot use KALSHI_API_KEY_ID as it must be one word of 8 to 200 plain characters: got " +
      "another text",
    ],
    [{ KALSHI_API_KEY_ID: KALSHI_ID }, `${together}the id`],
    [{ KALSHI_PRIVATE_KEY: PEM }, `${together}the private key`],
    [{ KALSHI_API_KEY_ID: KALSHI_ID, KALSHI_PRIVATE_KEY: PEM.slice(0, 300) }, noKey],
    [{ KALSHI_API_KEY_ID: KALSHI_ID, KALSHI_PRIVATE_KEY: elliptic }, noKey],
    [
      { KALSHI_API_KEY_ID: KALSHI_ID, KALSHI_PRIVATE_KEY: PEM, KALSHI_PRIVATE_KEY_FILE: "/a" },
      "Cannot use the key of Kalshi as one of KALSHI_PRIVATE_KEY and KALSHI_PRIVATE_KEY_FILE must " +
      "be set: got both",
    ],
    [
      { KALSHI_API_KEY_ID: KALSHI_ID, KALSHI_PRIVATE_KEY_FILE: "/nowhere/secret-name.pem" },
      "Cannot use KALSHI_PRIVATE_KEY_FILE as it must name a file that can be read: got NotFound",
    ],
  ];
  for (const [values, message] of faults) {
    assert.throws(() => readCredentials(of(values)), { name: "SyntaxError", message });
  }
});
