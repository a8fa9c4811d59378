import assert from "node:assert/strict";
import { moveComponentsChart } from "lib/charts/move_components.ts";
import { dayRange, panel } from "lib/core/panel.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { moveComponents } from "lib/factors/move_components.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import { THEMES } from "./synthetic_themes.ts";

/** Components of n contracts on T days, a third of which share a factor. */
function found(nDays: number, n: number, loading: number) {
  const draw = normalDraws(randomStream(7, `components ${n}`));
  const values = new Float64Array(nDays * n);
  for (let t = 0; t < nDays; ++t) {
    const common = draw();
    for (let j = 0; j < n; ++j) values[t * n + j] = (j % 3 === 0 ? loading * common : 0) + draw();
  }
  const ids = Array.from({ length: n }, (_, j) => `m${j}`);
  const themeOf = new Map(ids.map((id, j) => [id, j % 11 === 10 ? "" : THEMES[j % 3 * 5]!.id]));
  return moveComponents(panel(dayRange(20_000, 20_000 + nDays), ids, values), {
    ...{ themeOf, nShifts: 19, random: randomStream(7, "shifts") },
  });
}

const chart = (view: ReturnType<typeof found>, context = FOLDER) =>
  moveComponentsChart({ found: view, themes: THEMES }, context);

for (
  const [nDays, n, loading] of [[40, 60, 1], [40, 60, 0], [12, 300, 2], [5, 3, 0], [90, 20, 3]]
) {
  Deno.test(`moveComponentsChart() of ${n} contracts on ${nDays} days, loading ${loading}, is readable`, () => {
    const figure = chart(found(nDays!, n!, loading!), SIMULATED);
    assertReadable(figure);
    assert.ok(figure.svg.length < 300_000);
    assert.ok(figure.alt.startsWith(figure.title));
  });
}

Deno.test("moveComponentsChart() says how many components rise above noise, and how much they have", () => {
  const view = found(60, 60, 1), figure = chart(view);
  assert.equal(view.nAbove, 1);
  const share = Math.round(100 * view.components[0]!.varianceShare);
  assert.equal(
    figure.title,
    `One component of market moves rises above noise, with ${share}% of the variance of 60 contracts`,
  );
  // twenty eigenvalues, a dot and a ring of the key
  assert.equal(figure.svg.match(/<circle /g)!.length, 22);
  assert.match(said(figure), /All contracts .*Component 1/);
  assert.match(
    figure.alt,
    /Component 1: \d+% of variance, leading US elections with \d+%, of the contracts \d+%/,
  );
});

Deno.test("moveComponentsChart() of noise says that none does, with both numbers", () => {
  const { title } = chart(found(60, 60, 0));
  assert.match(
    title,
    /^No component of market moves rises above noise: the first has [\d.]+% of the variance of 60 contracts, noise up to [\d.]+% \(p = [\d.]+\)$/,
  );
});

Deno.test("moveComponentsChart() counts what the complete window leaves out", () => {
  const view = { ...found(40, 60, 1), nGivenMarkets: 75, nGivenDays: 44 };
  assert.match(said(chart(view)), /15 contracts without a move .* are left out, and 4 days/);
});

Deno.test("moveComponentsChart() says what turned moves alone would find", () => {
  const view = found(60, 60, 1);
  assert.doesNotMatch(said(chart({ ...view, nAboveTurned: 1 })), /Against turned moves alone/);
  assert.match(
    said(chart({ ...view, nAboveTurned: 7 })),
    /Against turned moves alone 7 would count/,
  );
});

Deno.test("moveComponentsChart() of nothing is a message", () => {
  const view = found(2, 5, 0), figure = chart(view);
  assert.equal(figure.title, "Too few contracts move on common days for components");
  assert.match(
    said(figure),
    /no three days on which two contracts move: 5 contracts on 2 days given/,
  );
  assertReadable(figure);
});

Deno.test("moveComponentsChart() shows hostile names as text and refuses a theme that is not listed", () => {
  const view = found(40, 30, 1);
  const themes = THEMES.map((theme) => ({ ...theme, short: `<b>\u202e&"${theme.short}` }));
  const { svg } = moveComponentsChart({ found: view, themes }, FOLDER);
  assert.doesNotMatch(svg, /<b>|\u202e/);
  assert.throws(() => moveComponentsChart({ found: view, themes: [] }, FOLDER), {
    name: "RangeError",
    message: /^Cannot draw components as their themes must be listed: got "/,
  });
});

Deno.test("moveComponentsChart() draws a picture, the same each time, as somebody looked at it", async () => {
  const draw = () => chart(found(40, 60, 1), SIMULATED);
  assertPictures([draw()]);
  assert.equal(draw().svg, draw().svg);
  // pinned, not golden; after looking again, renew with BASKETRY_UPDATE_SNAPSHOTS=1
  const file = new URL("./snapshots/move_components.svg.snapshot", import.meta.url);
  const lines = draw().svg.replaceAll("><", ">\n<") + "\n";
  if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
  assert.equal(lines, await Deno.readTextFile(file));
});
