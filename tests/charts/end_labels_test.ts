import assert from "node:assert/strict";
import fc from "fast-check";
import { drawnDays } from "lib/charts/drawn_days.ts";
import { endLabels, endLabelsWidth, spreadMiddles } from "lib/charts/end_labels.ts";
import { methodHues, OTHER_HUE } from "lib/charts/method_hues.ts";
import { HUES } from "lib/charts/palette.ts";
import { plainPoints, signedPoints } from "lib/charts/points_text.ts";

const FRAME = { apart: 10, low: 0, high: 100 };

Deno.test("spreadMiddles() leaves alone what is apart, and shares the shift of what is not", () => {
  assert.deepEqual(spreadMiddles([], FRAME), []);
  assert.deepEqual(spreadMiddles([90, 10, 50], FRAME), [90, 10, 50]);
  assert.deepEqual(spreadMiddles([50, 54, 90], FRAME), [47, 57, 90]);
  assert.deepEqual(spreadMiddles([30, 30, 30], FRAME), [20, 30, 40]);
  assert.deepEqual(spreadMiddles([0, 0, 100, 100], FRAME), [0, 10, 90, 100]);
});

Deno.test("spreadMiddles() keeps labels apart, in order and within the frame", () => {
  const wanted = fc.array(fc.double({ min: -20, max: 120, noNaN: true }), { maxLength: 11 });
  fc.assert(
    fc.property(wanted, (places) => {
      const middles = spreadMiddles(places, FRAME);
      const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
      order.forEach((i, rank) => {
        assert.ok(middles[i]! >= -1e-9 && middles[i]! <= 100 + 1e-9);
        const next = order[rank + 1];
        assert.ok(next === undefined || middles[next]! - middles[i]! >= 10 - 1e-9);
      });
    }),
    { seed: 7 },
  );
});

Deno.test("spreadMiddles() moves labels by no more than two greedy ways do, in squares", () => {
  const greedy = (sorted: readonly number[]) => {
    let free = 0;
    return sorted.map((place) => {
      const middle = Math.max(place, free);
      free = middle + 10;
      return middle;
    });
  };
  const cost = (wanted: readonly number[], middles: readonly number[]) =>
    wanted.reduce((sum, place, i) => sum + (place - middles[i]!) ** 2, 0);
  const wanted = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 10 });
  fc.assert(
    fc.property(wanted, (places) => {
      const sorted = [...places].sort((a, b) => a - b);
      const down = greedy(sorted);
      const up = greedy(sorted.map((place) => 100 - place).reverse()).map((m) => 100 - m).reverse();
      const ours = cost(sorted, spreadMiddles(sorted, FRAME));
      if (down.every((middle) => middle <= 100)) assert.ok(ours <= cost(sorted, down) + 1e-6);
      if (up.every((middle) => middle >= 0)) assert.ok(ours <= cost(sorted, up) + 1e-6);
    }),
    { seed: 7 },
  );
});

Deno.test("spreadMiddles() refuses labels that do not fit", () => {
  assert.throws(() => spreadMiddles(new Array(12).fill(5), FRAME), {
    name: "RangeError",
    message: "Cannot spread 12 labels as they must fit into 100 units: got 120",
  });
});

Deno.test("endLabels() draws nothing for no label, and needs only the room of a leader", () => {
  const frame = { right: 9, perPixel: 1, low: 0, high: 1, height: 100 };
  assert.equal(endLabels([], frame).length, 1);
  assert.equal(endLabelsWidth([]), 24);
});

Deno.test("drawnDays() keeps the first and the last day", () => {
  assert.deepEqual(drawnDays(0, 5), { indexes: [], step: 1 });
  assert.deepEqual(drawnDays(1, 5), { indexes: [0], step: 1 });
  assert.deepEqual(drawnDays(12, 5), { indexes: [0, 2, 5, 8, 11], step: 3 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 400 }), (n, most) => {
      const { indexes, step } = drawnDays(n, most);
      assert.equal(indexes[0], 0);
      assert.equal(indexes.at(-1), n - 1);
      assert.ok(indexes.length <= most + 1);
      indexes.slice(1).forEach((i, k) => assert.ok(i > indexes[k]! && i - indexes[k]! <= step));
    }),
    { seed: 7 },
  );
});

Deno.test("methodHues() colours the first eight main methods and no other", () => {
  const methods = Array.from({ length: 12 }, (_, k) => ({ key: `m${k}`, isMain: k !== 2 }));
  const hues = methodHues(methods);
  assert.equal(hues.get("m0"), HUES[0]);
  assert.equal(hues.get("m2"), OTHER_HUE);
  assert.equal(hues.get("m3"), HUES[2]);
  assert.equal(hues.get("m8"), HUES[7]);
  assert.equal(hues.get("m9"), OTHER_HUE);
});

Deno.test("signedPoints() and plainPoints() never write 0.00 for what is not nothing", () => {
  assert.deepEqual([4.214, -0.3, 0, -0, 0.004, -0.004, -0.005].map(signedPoints), [
    "+4.21",
    "−0.30",
    "0",
    "0",
    "<0.01",
    ">−0.01",
    "−0.01",
  ]);
  assert.deepEqual([4.25, -0.031, 0.001].map(plainPoints), [
    "4.3 points",
    "0.03 points",
    "<0.01 points",
  ]);
});
