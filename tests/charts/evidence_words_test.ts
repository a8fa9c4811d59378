import assert from "node:assert/strict";
import fc from "fast-check";
import { checkPercentile, nullBand, shareBelow, standingText } from "lib/charts/null_band.ts";
import { keyLine } from "lib/charts/key_line.ts";
import { evidenceAxis } from "lib/charts/row_columns.ts";
import { decimalsApart, decimalText, valueTicks } from "lib/charts/value_ticks.ts";
import golden from "../golden/charts/null_band.json" with { type: "json" };

Deno.test("nullBand() gives numpy's percentiles", () => {
  for (const { values, low, mid, high } of golden.cases) {
    const band = nullBand(Float64Array.from(values));
    assert.equal(band.nReplicates, values.length);
    for (const [ours, theirs] of [[band.low, low], [band.mid, mid], [band.high, high]] as const) {
      assert.ok(Math.abs(ours - theirs) < 1e-12, `${ours} and ${theirs}`);
    }
  }
});

Deno.test("nullBand() leaves out replicates without a value and changes nothing it is given", () => {
  const replicates = Float64Array.of(3, NaN, 1, 2);
  assert.deepEqual(nullBand(replicates), nullBand(Float64Array.of(1, 2, 3)));
  assert.deepEqual([...replicates], [3, NaN, 1, 2]);
  assert.deepEqual(nullBand(Float64Array.of(NaN)), {
    low: NaN,
    mid: NaN,
    high: NaN,
    nReplicates: 0,
  });
});

Deno.test("shareBelow() counts ties as not below", () => {
  const replicates = Float64Array.of(1, 2, 2, 3, NaN);
  assert.equal(shareBelow(2, replicates), 0.25);
  assert.equal(shareBelow(9, replicates), 1);
  assert.ok(Number.isNaN(shareBelow(NaN, replicates)));
  assert.ok(Number.isNaN(shareBelow(1, new Float64Array())));
});

Deno.test("standingText() says where a value stands among its null", () => {
  assert.deepEqual(
    [[1, 49], [0, 49], [47 / 49, 49], [0.5, 0], [NaN, 49], [1, 1]].map(([p, n]) =>
      standingText(p!, n)
    ),
    [
      "above all 49 shifts",
      "above none of 49 shifts",
      "above 47 of 49 shifts",
      "null not measured",
      "null not measured",
      "above all 1 shift",
    ],
  );
  assert.deepEqual([1, 0, 0.973].map((p) => standingText(p)), [
    "above all of null",
    "above none of null",
    "above 97% of null",
  ]);
});

Deno.test("checkPercentile() lets shares and NaN pass and refuses percentages", () => {
  for (const fine of [0, 0.5, 1, NaN]) checkPercentile(fine, "a");
  for (const bad of [97, -0.1, Infinity]) {
    assert.throws(() => checkPercentile(bad, "Ward"), {
      name: "RangeError",
      message: `Cannot draw a percentile as it must be in [0, 1] or NaN: got ${bad} (Ward)`,
    });
  }
});

Deno.test("valueTicks() spans the values in equal round steps, as many as were asked for at most", () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.integer({ min: 3, max: 12 }), (a, b, most) => {
      const low = Math.min(a, b), high = Math.max(a, b);
      const { ticks } = valueTicks(low, high, most);
      const step = ticks[1]! - ticks[0]!, slack = 1e-6 * step;
      assert.ok(ticks.length >= 2 && ticks.length <= most, `${ticks}`);
      assert.ok(
        ticks[0]! <= low + slack && ticks.at(-1)! >= high - slack,
        `${low} ${high} ${ticks}`,
      );
      const lead = step / 10 ** Math.floor(Math.log10(step) + 1e-6);
      assert.ok([1, 2, 5].some((round) => Math.abs(lead - round) < 1e-3), `${step}`);
      ticks.forEach((tick, k) => assert.ok(Math.abs(tick - ticks[0]! - k * step) < slack));
    }),
    { seed: 7, numRuns: 400 },
  );
});

Deno.test("valueTicks() writes the decimals of its step and no more", () => {
  const { ticks, text } = valueTicks(-0.03, 0.21, 5);
  assert.deepEqual(ticks.map(text), ["−0.1", "0.0", "0.1", "0.2", "0.3"]);
  assert.deepEqual(valueTicks(0.3, 0.3, 4).ticks, [0.25, 0.3, 0.35]);
  assert.throws(() => valueTicks(1, NaN, 4), {
    name: "RangeError",
    message: "Cannot choose ticks as low and high must be finite and in order: got 1 and NaN",
  });
});

Deno.test("decimalText() has a true minus, no negative zero and a word for NaN", () => {
  assert.deepEqual(
    [-0.125, -0.0001, 0, 1.005, NaN].map((x) => decimalText(x, 2)),
    ["−0.13", "0.00", "0.00", "1.00", "not measured"],
  );
});

Deno.test("decimalsApart() takes more decimals only where two numbers would read alike", () => {
  assert.deepEqual(decimalsApart(0.142, 0.121, 2), ["0.14", "0.12"]);
  assert.deepEqual(decimalsApart(0.1213, 0.1208, 2), ["0.1213", "0.1208"]);
  assert.deepEqual(decimalsApart(0.5, 0.5, 2), ["0.50", "0.50"]);
  assert.deepEqual(decimalsApart(0.5, NaN, 2), ["0.50", "not measured"]);
});

Deno.test("evidenceAxis() holds every value with labels that do not touch, and needs no values", () => {
  const rows = (values: readonly number[]) =>
    values.map((value) => ({ value, nullLow: NaN, nullMid: NaN, nullHigh: NaN, stands: false }));
  const value = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
      const { domain, ticks } = evidenceAxis(rows(values), { width: 120 });
      assert.ok(ticks.length >= 2);
      for (const x of [...values, ...ticks]) {
        assert.ok(x >= domain[0] - 1e-9 && x <= domain[1] + 1e-9, `${x}: ${domain}`);
      }
    }),
    { seed: 7, numRuns: 300 },
  );
  assert.deepEqual(evidenceAxis(rows([NaN]), { width: 120, anchors: [0] }).ticks, []);
});

Deno.test("keyLine() refuses entries that do not fit into one line", () => {
  assert.throws(
    () => keyLine(Array.from({ length: 9 }, () => ({ mark: "dot", words: "a rather long entry" }))),
    { name: "RangeError", message: /^Cannot draw a key as it must fit into 780 units: got \d+$/ },
  );
});
