import assert from "node:assert/strict";
import { attributionChart, type MethodAttribution } from "lib/charts/attribution.ts";
import type { ChangeParts } from "lib/charts/change_parts.ts";
import { marks, said } from "./readable.ts";
import { FOLDER } from "./synthetic.ts";
import { attributionOf, START } from "./synthetic_backtest.ts";

const BLUE = "#276fd7", RED = "#b91700";

const NOTHING: ChangeParts = { drift: 0, resolution: 0, spread: 0, fees: 0, rolls: 0, cash: 0 };

/** A method with these parts, in one basket. */
function attributed(parts: Partial<ChangeParts>): MethodAttribution {
  const all = { ...NOTHING, ...parts };
  return {
    ...all,
    method: "Hybrid",
    change: all.drift + all.resolution + all.spread + all.fees + all.rolls + all.cash,
    nContracts: 40,
    nResolved: 12,
    baskets: [{ ...all, id: "fed", name: "Fed", nContracts: 40 }],
    firstDay: START,
    lastDay: START + 59,
  };
}

const attributionTitle = (parts: Partial<ChangeParts>) =>
  attributionChart(attributed(parts), FOLDER).title;

Deno.test("attributionChart() names the three largest parts, whichever they are", () => {
  assert.equal(
    attributionTitle({
      drift: 92.92,
      resolution: -18.92,
      spread: -84.06,
      fees: -0.39,
      rolls: -1.97,
    }),
    "Hybrid loses 12.4 points after costs: price drift +92.9, spread −84.1, resolution jumps −18.9",
  );
  assert.equal(
    attributionTitle({ drift: 1, resolution: 0.2, spread: -3, fees: -2, cash: 0.5 }),
    "Hybrid loses 3.3 points after costs: spread −3.0, fees −2.0, price drift +1.0; 17% of the change before costs is resolution jumps",
  );
  assert.equal(
    attributionTitle({ spread: -1, fees: -0.25, rolls: 0.004 }),
    "Hybrid loses 1.2 points after costs: spread −1.0, fees −0.25",
  );
});

Deno.test("attributionChart() says what share of the change before costs resolution jumps are, where it is one", () => {
  const share = (drift: number, resolution: number) =>
    /; (.+) of the change before costs is resolution jumps$/.exec(
      attributionTitle({ drift, resolution, spread: -2 }),
    )?.[1] ?? null;
  assert.deepEqual([[3, 1], [-3, -1], [1, 3], [2, 0], [0, -60]].map(([d, r]) => share(d!, r!)), [
    "25%",
    "25%",
    "75%",
    "none",
    "all",
  ]);
  // of parts that are against each other neither is a share, of nothing there is none
  assert.deepEqual([[6, -2], [-2, 6], [3, -3], [0, 0]].map(([d, r]) => share(d!, r!)), [
    null,
    null,
    null,
    null,
  ]);
});

Deno.test("attributionChart() says where the value ends where it began", () => {
  assert.equal(
    attributionTitle({}),
    "Hybrid neither gains nor loses after costs: no part of its value moved",
  );
  assert.equal(
    attributionTitle({ drift: -3, resolution: 3 }),
    "Hybrid ends where it began after costs: price drift −3.0, resolution jumps +3.0",
  );
  const words = said(attributionChart(attributed({ drift: 2 }), FOLDER));
  assert.match(words, /in points of a value after costs that starts at 100\./);
});

Deno.test("attributionChart() draws a bar a part that is not 0, its sum, and a bar a basket", () => {
  const figure = attributionChart(attributed({ drift: 2, resolution: -5, fees: -1 }), FOLDER);
  // one of each is the key's; the basket adds another loss
  assert.equal(marks(figure, "rect", `fill="${BLUE}"`), 2);
  assert.equal(marks(figure, "rect", `fill="${RED}"`), 4);
  assert.match(said(figure), /\+2\.00 −5\.00 0 −1\.00 0 0 −4\.00/);
  assert.match(said(figure), /n = 40 contracts held, 12 resolved meanwhile; 1 basket;/);
  assert.match(figure.alt, /Baskets: Fed −4\.00\.$/);
});

Deno.test("attributionChart() tells of baskets left out and of what none of them held", () => {
  const fourteen = attributionOf(14);
  const figure = attributionChart(fourteen, FOLDER);
  assert.match(said(figure), /2 baskets with a smaller change are left out, together [+−]\d\.\d\d/);
  assert.doesNotMatch(said(figure), /The baskets add up/);
  const apart = attributionChart({ ...attributed({ drift: 2 }), drift: 5, change: 5 }, FOLDER);
  assert.match(
    said(apart),
    /The baskets add up to \+2\.00 points; \+3\.00 came from nothing that one of them held\./,
  );
  const none = attributionChart({ ...attributed({ drift: 2 }), baskets: [] }, FOLDER);
  assert.match(none.alt, /Baskets: none\.$/);
});

Deno.test("attributionChart() refuses parts that are unknown or do not add up", () => {
  assert.throws(() => attributionChart({ ...attributed({ drift: 2 }), change: 3 }, FOLDER), {
    name: "RangeError",
    message:
      'Cannot draw the attribution of "Hybrid" as its parts must add up to the change of 3: got 2',
  });
  const [basket] = attributed({}).baskets;
  const unknown = { ...attributed({}), baskets: [{ ...basket!, fees: NaN }] };
  assert.throws(() => attributionChart(unknown, FOLDER), {
    name: "RangeError",
    message: 'Cannot draw the attribution of "Fed" as each part must be finite: got NaN (Fees)',
  });
});
