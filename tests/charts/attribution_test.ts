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

Deno.test("attributionChart() says what share of the gain or loss resolution jumps are", () => {
  assert.equal(
    attributionTitle({ drift: 1, resolution: 6, fees: -2, spread: -1 }),
    "Hybrid gains 4.0 points after costs; resolution jumps alone are +6.00 points, 150% of the gain",
  );
  assert.equal(
    attributionTitle({ drift: 3, resolution: 2, fees: -1 }),
    "Hybrid gains 4.0 points after costs, 50% of it by resolution jumps",
  );
  assert.equal(
    attributionTitle({ drift: -6, resolution: -2 }),
    "Hybrid loses 8.0 points after costs, 25% of it by resolution jumps",
  );
  assert.equal(
    attributionTitle({ drift: -10, resolution: 2 }),
    "Hybrid loses 8.0 points after costs; resolution jumps are +2.00 points, 25% of the loss against it",
  );
  assert.equal(
    attributionTitle({ drift: -4.9, resolution: 5 }),
    "Hybrid gains 0.10 points after costs; resolution jumps alone are +5.00 points, 50 times the gain",
  );
});

Deno.test("attributionChart() says where resolution jumps are all of it, none of it, or of nothing", () => {
  assert.equal(
    attributionTitle({ resolution: -60 }),
    "Hybrid loses 60.0 points after costs, all of it by resolution jumps",
  );
  assert.equal(
    attributionTitle({ drift: 2 }),
    "Hybrid gains 2.0 points after costs, none of it by resolution jumps",
  );
  assert.equal(
    attributionTitle({}),
    "Hybrid neither gains nor loses after costs: no part of its value moved",
  );
  assert.equal(
    attributionTitle({ drift: -3, resolution: 3 }),
    "Hybrid ends where it began after costs: resolution jumps are +3.00 points, everything else −3.00",
  );
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
