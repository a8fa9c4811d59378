import assert from "node:assert/strict";
import { themeCausalityChart } from "lib/charts/theme_causality.ts";
import { randomStream } from "lib/core/random.ts";
import type { ThemeCausality } from "lib/factors/theme_causality.ts";
import { falseDiscovery } from "lib/stats/false_discovery.ts";
import { assertPictures } from "./assert_pictures.ts";
import { assertReadable, said } from "./readable.ts";
import { FOLDER, SIMULATED } from "./synthetic.ts";
import { THEMES } from "./synthetic_themes.ts";

const SYMBOLS = ["SPY", "TLT", "GLD", "^VIX", "^TNX", "^IRX", "DX-Y.NYB", "USO", "BTC-USD"];

/** Tests of which a share has a small p; every sixth theme has none. */
function made(nThemes: number, nAssets: number, share: number): ThemeCausality[] {
  const random = randomStream(7, `causality ${nThemes}`);
  const symbols = Array.from({ length: nAssets }, (_, a) => SYMBOLS[a] ?? `ASSET ${a}`);
  const rows = THEMES.slice(0, nThemes).flatMap(({ id }, k) =>
    symbols.flatMap((symbol) =>
      (["theme leads", "asset leads"] as const).map((direction) => {
        const p = random(), isLow = random() < share;
        return {
          ...{ theme: id, symbol, direction, n: 400 + k, lags: 2, f: 1 },
          pValue: k % 6 === 5 ? NaN : isLow ? 1e-6 * p : p,
          shiftPValue: isLow ? random() < 0.7 ? 0.005 : 0.2 : p,
        };
      })
    )
  );
  const q = falseDiscovery(rows.map(({ pValue }) => pValue));
  return rows.map((row, k) => ({ ...row, qValue: q[k]! }));
}

const chart = (rows: readonly ThemeCausality[], context = FOLDER) =>
  themeCausalityChart({ rows, themes: THEMES }, context);

for (
  const [nThemes, nAssets, share] of [[1, 1, 0], [1, 1, 1], [5, 2, 0.1], [17, 9, 0.03], [
    17,
    30,
    0.3,
  ]]
) {
  Deno.test(`themeCausalityChart() of ${nThemes} themes by ${nAssets} assets is readable`, () => {
    const figure = chart(made(nThemes!, nAssets!, share!), SIMULATED);
    assertReadable(figure);
    assert.ok(figure.svg.length < 300_000, `${figure.svg.length}`);
    assert.ok(figure.alt.startsWith(figure.title));
  });
}

/** A test with these facts. */
const test = (facts: Partial<ThemeCausality>): ThemeCausality => ({
  ...{ theme: THEMES[0]!.id, symbol: "SPY", direction: "theme leads", n: 400, lags: 2, f: 9 },
  ...{ pValue: 0.5, shiftPValue: 0.5, qValue: 0.9 },
  ...facts,
});

Deno.test("themeCausalityChart() says how many hold, how many of those beyond turns, and what noise gives", () => {
  const rows = [
    test({ pValue: 0.001, shiftPValue: 0.005, qValue: 0.004 }),
    test({ symbol: "GLD", pValue: 0.01, shiftPValue: 0.1, qValue: 0.02 }),
    test({ symbol: "TLT" }),
    test({ symbol: "TLT", direction: "asset leads" }),
  ];
  const figure = chart(rows);
  assert.equal(
    figure.title,
    "2 of 4 lead–lag tests of themes and assets hold after correction, 1 of them beyond turned leaders too; 2 lie below p = 0.05, noise puts 0.2 there",
  );
  // two marks of the matrix and two of the legend
  assert.equal(figure.svg.match(/<circle /g)!.length, 4);
  assert.match(said(figure), /1 test with q < 0.05 is not beyond 95% of turned leaders/);
  assert.match(said(figure), /24:00 UTC, three hours or more after the close/);
  assert.match(figure.alt, /US elections before SPY, q 0.004; US elections before GLD, q 0.020/);
});

Deno.test("themeCausalityChart() counts low p of turned leaders beside those of F", () => {
  const rows = [
    test({ pValue: 0.001, shiftPValue: 0.2 }),
    test({ symbol: "GLD", pValue: 0.2, shiftPValue: 0.04 }),
    test({ symbol: "TLT", pValue: 0.03, shiftPValue: 0.05 }),
    test({ symbol: "USO", pValue: 0.01, shiftPValue: NaN }),
  ];
  assert.match(said(chart(rows)), /Up to p = 0\.05 by them: 2 of 3 tests, by F 3\./);
  const unturned = rows.map((row) => ({ ...row, shiftPValue: NaN }));
  assert.doesNotMatch(said(chart(unturned)), /by them/);
});

Deno.test("themeCausalityChart() of noise says that none holds", () => {
  const { title, alt } = chart([test({}), test({ symbol: "TLT", pValue: 0.03, qValue: 0.06 })]);
  assert.equal(
    title,
    "None of 2 lead–lag tests of themes and assets holds after correction: 1 lies below p = 0.05, noise puts 0.1 there",
  );
  assert.match(alt, /No cell is marked/);
  assert.match(
    chart([test({})]).title,
    /^The only lead–lag test of themes and assets does not hold/,
  );
});

Deno.test("themeCausalityChart() says what it does not draw and what was not tested", () => {
  const words = said(chart(made(17, 30, 0.3)));
  assert.match(words, /18 assets more, tested and counted, are not drawn/);
  assert.match(words, /120 tests with too few sessions are hatched and not counted/);
});

Deno.test("themeCausalityChart() of nothing is a message", () => {
  for (
    const [rows, message] of [
      [[], /no themes or no assets to test/],
      [[test({ pValue: NaN, qValue: NaN })], /1 test with too few sessions/],
    ] as const
  ) {
    const figure = chart(rows);
    assert.equal(figure.title, "No theme could be tested against an asset");
    assert.match(said(figure), message);
    assertReadable(figure);
  }
});

Deno.test("themeCausalityChart() shows hostile symbols as text and refuses what does not fit", () => {
  const symbol = "<i>\u202e&'\"".repeat(8);
  const figure = chart([test({ symbol, pValue: 0.001, qValue: 0.001 })]);
  assert.doesNotMatch(figure.svg, /<i>|\u202e/);
  assertReadable(figure);
  assert.throws(() => chart([test({ theme: "nowhere" })]), {
    name: "RangeError",
    message: 'Cannot draw causality as its themes must be listed: got "nowhere"',
  });
  assert.throws(() => chart([test({}), test({})]), {
    name: "RangeError",
    message: `Cannot draw causality as each test must come once: got "${
      THEMES[0]!.id
    }" and "SPY" (theme leads) twice`,
  });
});

Deno.test("themeCausalityChart() draws a picture, the same each time, as somebody looked at it", async () => {
  const draw = () => chart(made(17, 9, 0.03), SIMULATED);
  assertPictures([draw()]);
  assert.equal(draw().svg, draw().svg);
  // pinned, not golden; after looking again, renew with BASKETRY_UPDATE_SNAPSHOTS=1
  const file = new URL("./snapshots/theme_causality.svg.snapshot", import.meta.url);
  const lines = draw().svg.replaceAll("><", ">\n<") + "\n";
  if (Deno.env.get("BASKETRY_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
  assert.equal(lines, await Deno.readTextFile(file));
});
