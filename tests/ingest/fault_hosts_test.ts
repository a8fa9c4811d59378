import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { faults } from "../stubs/faults.ts";
import { dataHashes, faultPull, readLive } from "./fault_pull.ts";
import { ended, startIngest, startRunLine } from "./fault_run.ts";
import { faultWorld } from "./fault_world.ts";
import { inTempDir, openStore } from "./pull_from_stubs.ts";

/** Answers with 503 from its `from`th request on. */
function downFrom(host: string, from: number) {
  let nAsked = 0;
  return async (request: Request, next: () => Promise<Response>) => {
    const isHost = new URL(request.url).pathname.startsWith(`/${host}/`);
    if (!isHost || nAsked++ < from) return await next();
    return new Response("down", { status: 503 });
  };
}

for (
  const { host, from } of [{ host: "data", from: 0 }, { host: "data", from: 9 }, {
    host: "kalshi",
    from: 0,
  }, { host: "kalshi", from: 12 }]
) {
  Deno.test(`pull() goes on with the others where ${host} is down from request ${from} on`, async () => {
    await inTempDir(async (out) => {
      const world = await faultWorld({ every: 40 });
      const quiet = join(out, "quiet"), spoiled = join(out, "spoiled");
      await faultPull(world, quiet);
      const whole = await readLive(quiet);
      const { stops } = await faultPull(world, spoiled, {
        faults: downFrom(host, from),
        giveUpAfter: 3,
      });
      const got = await readLive(spoiled);
      const other = host === "kalshi" ? "polymarket" : "kalshi";
      const of = ({ markets }: typeof got) => markets.filter(({ venue }) => venue === other);
      assert.deepEqual(of(got), of(whole));
      assert.deepEqual(got.benchmarks, whole.benchmarks);
      // the host is given up, or a part of the pull had no other host to ask
      assert.ok(stops.length > 0 && stops.every(({ isFault }) => isFault), "no fault was told");
      const told = stops.map(({ message }) => message).join("\n");
      assert.match(told, new RegExp(`host "${host}" must answer|GET ${host} /`));
      assert.match(told, /the host answered with status 503: "down" \(6 tries\)/);
      assert.equal((await faultPull(world, spoiled)).failed, 0);
      assert.deepEqual(await dataHashes(spoiled), await dataHashes(quiet));
    });
  });
}

Deno.test("ingest among faults lets no credential out", async () => {
  await inTempDir(async (folder) => {
    const world = await faultWorld({ every: 40 });
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const secrets = {
      FRED_API_KEY: "fred/made+up&key=0123456789abcdef",
      KALSHI_API_KEY_ID: "kalshi-made-up-id-0123456789",
      KALSHI_PRIVATE_KEY: pem,
    };
    let nSeen = 0;
    const spoiled = faults({
      seed: 5,
      rules: (["malformed", "html", "status500", "reset"] as const).map((kind) => ({
        kind,
        share: 0.1,
      })),
    });
    await using line = await startRunLine(world, folder, {
      faults: async (request, next) => {
        const told = `${request.url} ${JSON.stringify([...request.headers])}`;
        if (!told.includes(secrets.KALSHI_API_KEY_ID) && !request.url.includes("api_key=")) {
          return await spoiled(request, next);
        }
        ++nSeen;
        // a host that repeats what it was told, in a refusal and in an answer
        if (nSeen % 3 === 0) return new Response(told, { status: 400 });
        return nSeen % 3 === 1 ? await next() : Response.json({ told }, { status: 200 });
      },
    });
    const out = join(folder, "out");
    const run = await ended(startIngest(line, out, { env: secrets }));
    assert.ok(nSeen > 0, "no request had a credential");
    const forms = [
      secrets.FRED_API_KEY,
      encodeURIComponent(secrets.FRED_API_KEY),
      secrets.KALSHI_API_KEY_ID,
      ...pem.split("\n").filter((text) => text.length > 16 && !text.startsWith("-")),
    ];
    const texts = [run.out, run.err, await textsBelow(out)];
    for (const form of forms) {
      for (const text of texts) {
        assert.ok(!text.includes(form), `a credential got out: ${form.slice(0, 6)}`);
      }
    }
  });
});

/** All files, and all that is packed in the store's answers. */
async function textsBelow(folder: string): Promise<string> {
  let text = "";
  const store = await openStore(folder);
  try {
    for (const answer of store.answers()) text += `${answer.ask.path} ${answer.text}\n`;
    text += JSON.stringify([...store.oddities(), ...store.failures()]);
  } finally {
    store.close();
  }
  const latin = new TextDecoder("latin1");
  for (const part of ["raw", "raw/live"]) {
    for await (const { name, isFile } of Deno.readDir(join(folder, part))) {
      if (isFile) text += latin.decode(await Deno.readFile(join(folder, part, name)));
    }
  }
  return text;
}
