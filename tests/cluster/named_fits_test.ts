import assert from "node:assert/strict";
import { namedFits } from "lib/cluster/named_fits.ts";
import { fitOf } from "./made_rows.ts";

const TITLES = ["Fed rate cut", "Fed hold", "Bitcoin high", "Bitcoin dip", null];

Deno.test("namedFits() gives each cluster its label, key, mean stability and p-value", () => {
  const fits = [fitOf("ward", [0, 0, 1, 1, -1]), fitOf("single", [0, 0, 0, 0, 0])];
  const shifted = [
    [
      { silhouette: 0, sizes: Int32Array.of(2), within: Float64Array.of(0.6) },
      { silhouette: 0, sizes: Int32Array.of(2), within: Float64Array.of(0.4) },
    ],
    [],
  ];
  const jaccards = [
    [Float64Array.of(1, 0.5), Float64Array.of(NaN, 0.25)],
    [Float64Array.of(NaN)],
  ];
  const none = new Map<string, string>();
  const [ward, single] = namedFits(fits, { titles: TITLES, persons: none, jaccards, shifted });
  assert.deepEqual(ward!.labels, ["Fed", "Bitcoin"]);
  assert.deepEqual([...ward!.stability], [0.75, 0.25]);
  assert.deepEqual([...ward!.pValues], [2 / 3, 2 / 3]);
  assert.equal(ward!.fit, fits[0]);
  assert.deepEqual([...single!.stability, ...single!.pValues], [NaN, 1]);
  const persons = new Map([[ward!.keys[1]!, "Coins"]]);
  const [again] = namedFits(fits, { titles: TITLES, persons, jaccards, shifted });
  assert.deepEqual([again!.labels, again!.keys], [["Fed", "Coins"], ward!.keys]);
});

Deno.test("namedFits() of a method without a cluster has no name", () => {
  const [one] = namedFits([fitOf("dbscan", [-1, -1])], {
    ...{ titles: [null, null], persons: new Map(), jaccards: [[]], shifted: [[]] },
  });
  assert.deepEqual([one!.labels, one!.keys, one!.stability.length], [[], [], 0]);
});
