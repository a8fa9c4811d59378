import assert from "node:assert/strict";
import { join } from "node:path";
import { faults } from "../stubs/faults.ts";
import type { FaultKind } from "../stubs/fault_plan.ts";
import { dataHashes, faultPull, readLive } from "./fault_pull.ts";
import { faultWorld } from "./fault_world.ts";
import { inTempDir } from "./pull_from_stubs.ts";

const DAY_MS = 86_400_000;

/** A changed field, where it is told, and whether the next day's pull has what a quiet one has. */
interface Change {
  readonly kind: FaultKind;
  readonly path: string;
  readonly field?: string;
  readonly told: RegExp;
  readonly heals: boolean;
}

const CHANGES: readonly Change[] = [
  {
    kind: "missingField",
    path: "/gamma/markets/keyset",
    field: "id",
    told: /^polymarket \/markets\/keyset \| id \| must be a whole number$/m,
    heals: true,
  },
  {
    kind: "missingField",
    path: "/gamma/events/keyset",
    field: "markets",
    told: /^polymarket \/events\/keyset \| markets \| must be a list$/m,
    heals: true,
  },
  {
    kind: "retypedField",
    path: "/gamma/markets/keyset",
    field: "outcomes",
    told: /^polymarket \/markets\/keyset \| outcomes \| must be a list of texts$/m,
    heals: true,
  },
  {
    kind: "newEnum",
    path: "/gamma/markets/keyset",
    field: "version",
    told: /^polymarket \/markets\/keyset \| version \| must be v1 or v2$/m,
    heals: true,
  },
  {
    kind: "missingField",
    path: "/kalshi/events",
    field: "event_ticker",
    told: /^kalshi \/events \| event_ticker \| an event must have a ticker$/m,
    heals: true,
  },
  {
    kind: "newEnum",
    path: "/kalshi/series",
    field: "frequency",
    told: /^kalshi \/series \| frequency \| must be one of /m,
    heals: true,
  },
  {
    kind: "retypedField",
    path: "/data/v2/prices-history",
    field: "price",
    told: /^polymarket \/v2\/prices-history of poly:\d+ \| price \| /m,
    heals: false,
  },
  {
    kind: "missingField",
    path: "/data/v2/trades",
    field: "size",
    told: /^polymarket \/v2\/trades of poly:\d+ \| size \| /m,
    heals: false,
  },
  {
    kind: "missingEnvelope",
    path: "/gamma/markets/keyset",
    told:
      /^polymarket list of \S+ \S+ markets \| {2}\| Cannot walk .*Cannot read polymarket \/markets/m,
    heals: true,
  },
  {
    kind: "missingEnvelope",
    path: "/kalshi/events",
    told: /\| {2}\| Cannot walk kalshi .*Cannot read kalshi \/events/m,
    heals: true,
  },
  {
    kind: "missingEnvelope",
    path: "/data/v2/resolutions",
    told: /\| {2}\| Cannot ask for the outcomes of .*Cannot read polymarket \/v2\/resolutions/m,
    heals: true,
  },
];

for (const { kind, path, field, told, heals } of CHANGES) {
  const name = `${kind} ${field ?? ""} of ${path}`.replace("  ", " ");
  Deno.test(`pull() among ${name} tells it and takes the others`, async () => {
    await inTempDir(async (folder) => {
      const world = await faultWorld({ every: 40 });
      const out = join(folder, "out"), quiet = join(folder, "quiet");
      const rule = { kind, path, share: 1, ...(field !== undefined && { field }) };
      const spoiled = faults({ seed: 3, rules: [rule] });
      const { failed, stops } = await faultPull(world, out, { faults: spoiled });
      assert.ok((spoiled.counts[kind] ?? 0) > 0);
      assert.equal(failed > 0, kind === "missingEnvelope");
      if (kind !== "missingEnvelope") assert.deepEqual(stops, []);
      const { rejected, markets } = await readLive(out);
      const rows = rejected.map(({ file, column, reason }) => `${file} | ${column} | ${reason}`);
      assert.match(rows.join("\n"), told);
      await faultPull(world, quiet);
      const whole = (await readLive(quiet)).markets;
      if (kind !== "missingEnvelope") {
        const nLost = whole.length - markets.length;
        assert.ok(nLost <= spoiled.counts[kind]!, `${nLost} are lost`);
      }
      world.clock.nowMs += DAY_MS;
      assert.equal((await faultPull(world, out)).failed, 0);
      await faultPull(world, quiet);
      const after = await readLive(out);
      assert.deepEqual(after.markets, (await readLive(quiet)).markets);
      if (heals) assert.deepEqual(await dataHashes(out), await dataHashes(quiet));
      else assert.match(after.rejected.map(({ column }) => column).join(), new RegExp(field!));
    });
  });
}
