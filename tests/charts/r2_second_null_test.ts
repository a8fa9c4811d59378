import assert from "node:assert/strict";
import type { Figure } from "lib/charts/figure.ts";
import { r2NullChart } from "lib/charts/r2_null.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import { r2PanelOf, r2View } from "./synthetic_factors.ts";

Deno.test("r2NullChart() holds the contracts against the higher of two nulls", () => {
  const within = r2PanelOf("in sample", [0.4, 0.485, 0.5], [0.4, 0.455, 0.46]);
  const drawn = (values: readonly number[]) =>
    r2NullChart({
      ...{ model: "Ridge on 41 factors", nullName: "shifts or signs" },
      panels: [{ ...within, second: { name: "random signs", values: Float64Array.from(values) } }],
    }, FOLDER);
  const higher = drawn([0.47, 0.48, NaN, 0.49]);
  assert.equal(
    higher.title,
    "Ridge on 41 factors explains 0.485 of the median contract’s variance, random signs 0.480",
  );
  // the 95th percentile of the signs is 0.489, of the shifts 0.4595
  assert.match(
    said(higher),
    /shifted dates 0\.455 · random signs 0\.480 .*33% above the higher 95th percentile/,
  );
  assert.match(
    higher.alt,
    /null 0\.455, random signs 0\.480, 33% above the higher 95th percentile/,
  );
  const lower = drawn([0.1, 0.2]);
  assert.match(lower.title, /shifted dates 0\.455$/);
  assert.match(said(lower), /67% above the higher 95th percentile/);
  const none = drawn([]);
  assert.doesNotMatch(said(none), /random signs/);
  const lines = ({ svg }: Figure) => svg.match(/<g aria-label="line"/g)?.length ?? 0;
  assert.deepEqual([higher, lower, none].map(lines), [1, 1, 0]);
});

for (const nPanels of [1, 2, 3]) {
  Deno.test(`r2NullChart() with two nulls in ${nPanels} panels is legible`, () => {
    const { panels, ...rest } = r2View(300, { nPanels });
    const figure = r2NullChart({
      ...rest,
      panels: panels.map((panel, p) => ({
        ...panel,
        second: {
          name: p === 0 ? "random signs" : "signs ".repeat(40),
          values: panel.nulls.map((x) => x + 0.02),
        },
      })),
    }, SIMULATED);
    assertReadable(figure);
    assertPictures([figure]);
  });
}
