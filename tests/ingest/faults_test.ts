import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { faults } from "../stubs/faults.ts";
import type { FaultKind, FaultRule } from "../stubs/fault_plan.ts";
import {
  dataHashes,
  faultPull,
  type FaultPullOptions,
  pullUntilWhole,
  readLive,
} from "./fault_pull.ts";
import { faultWorld } from "./fault_world.ts";
import { inTempDir } from "./pull_from_stubs.ts";

const DAY_MS = 86_400_000;
/** One event of so many is served, except where a list must have many pages. */
const EVERY = 40;

/** One rule each, with what the pull needs beside it. */
const LINE: readonly (FaultRule & { readonly options?: FaultPullOptions })[] = [
  { kind: "storm429", share: 0.1 },
  { kind: "storm429", share: 0.1, retryAfter: "2" },
  { kind: "status500", share: 0.4 },
  { kind: "status502", share: 0.4 },
  { kind: "status503", share: 0.4, retryAfter: "1" },
  { kind: "reset", share: 0.4 },
  { kind: "drip", share: 0.1, overMs: 4000, options: { timeoutSeconds: 0.4 } },
  { kind: "truncate", share: 0.4 },
  { kind: "malformed", share: 0.4 },
  { kind: "html", share: 0.4 },
  { kind: "rateLimit200", share: 0.4 },
  { kind: "huge", share: 0.2, bytes: 3_000_000, options: { maxBytes: 2_000_000 } },
];

/** Lists of which a second row is a second telling of the same thing. */
const LISTS = ["/gamma/", "/clob/", "/data/v2/prices", "/data/v2/res", "/kalshi/"];

const PAGES: readonly { readonly kind: FaultKind; readonly paths: readonly string[] }[] = [
  { kind: "duplicatePage", paths: [""] },
  { kind: "reorderPages", paths: [""] },
  { kind: "shuffledRows", paths: [""] },
  { kind: "duplicateRows", paths: LISTS },
  { kind: "dateSkew", paths: [""] },
];

for (const { options, ...rule } of LINE) {
  const name = rule.retryAfter === undefined ? rule.kind : `${rule.kind} with Retry-After`;
  Deno.test(`pull() among ${name} ends with the bytes of a quiet pull`, async () => {
    await pullsAlike([rule], { seed: 11, ...options });
  });
}

for (const { kind, paths } of PAGES) {
  Deno.test(`pull() among ${kind} ends with the bytes of a quiet pull`, async () => {
    await pullsAlike(paths.map((path) => ({ kind, path, share: 0.5 })), { seed: 12 });
  });
}

Deno.test("pull() among all of them at once ends with the bytes of a quiet pull", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1e6 }),
      fc.array(fc.double({ min: 0.01, max: 0.12, noNaN: true }), {
        minLength: LINE.length + PAGES.length,
        maxLength: LINE.length + PAGES.length,
      }),
      async (seed, shares) => {
        const line = LINE.filter(({ kind }) => kind !== "drip").map((
          { options: _, ...rule },
          k,
        ) => ({
          ...rule,
          share: shares[k]!,
        }));
        const pages = PAGES.flatMap(({ kind, paths }, k) =>
          paths.map((path) => ({ kind, path, share: 3 * shares[LINE.length + k]! }))
        );
        await pullsAlike([...line, ...pages], { seed, maxBytes: 2_000_000 });
      },
    ),
    { seed: 8, numRuns: 3 },
  );
});

Deno.test("pull() ends where a cursor repeats for ever, says so, and completes when it does not", async () => {
  await inTempDir(async (out) => {
    const world = await faultWorld({ every: 10 });
    const spoiled = faults({
      seed: 1,
      rules: [{ kind: "repeatCursor", path: "/gamma/", share: 1 }],
    });
    const first = await faultPull(world, join(out, "spoiled"), { faults: spoiled });
    assert.ok((spoiled.counts.repeatCursor ?? 0) > 0);
    assert.ok(first.failed > 0);
    const { rejected, markets } = await readLive(join(out, "spoiled"));
    assert.match(
      rejected.map(({ reason }) => reason).join("\n"),
      /Cannot walk polymarket \w+ \w+ as each page must have a new cursor: got "/,
    );
    assert.ok(markets.length > 0);
    world.clock.nowMs += DAY_MS;
    await faultPull(world, join(out, "spoiled"));
    assert.deepEqual(await dataHashes(join(out, "spoiled")), await quietHashes(2, 10));
  });
});

/** Pulls among faults until nothing fails, and compares with a pull without them. */
async function pullsAlike(
  rules: readonly FaultRule[],
  { seed, ...options }: FaultPullOptions & { readonly seed: number },
): Promise<void> {
  await inTempDir(async (out) => {
    const world = await faultWorld({ every: EVERY });
    const spoiled = faults({ seed, rules, nowMs: () => world.clock.nowMs });
    const { failed, stops, nPulls } = await pullUntilWhole(world, join(out, "spoiled"), {
      most: 8,
      faults: spoiled,
      ...options,
    });
    const kinds = new Set(rules.map(({ kind }) => kind));
    assert.ok(Object.keys(spoiled.counts).length >= Math.min(kinds.size, 4), "no fault struck");
    assert.deepEqual([failed, stops], [0, []], `after ${nPulls} pulls`);
    assert.deepEqual(await dataHashes(join(out, "spoiled")), await quietHashes(1));
  });
}

const quiet = new Map<string, Promise<Record<string, string | undefined>>>();

/** What pulls without faults on as many days give, made once. */
function quietHashes(nDays: number, every = EVERY): Promise<Record<string, string | undefined>> {
  const made = quiet.get(`${nDays} ${every}`) ?? pullQuietly(nDays, every);
  quiet.set(`${nDays} ${every}`, made);
  return made;
}

async function pullQuietly(
  nDays: number,
  every: number,
): Promise<Record<string, string | undefined>> {
  const out = await Deno.makeTempDir({ prefix: "basketry-ingest-" });
  try {
    const world = await faultWorld({ every });
    for (let day = 0; day < nDays; ++day) {
      assert.equal((await faultPull(world, out)).failed, 0);
      world.clock.nowMs += DAY_MS;
    }
    return await dataHashes(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}
