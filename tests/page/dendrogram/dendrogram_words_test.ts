import assert from "node:assert/strict";
import fc from "fast-check";
import { countAtX, xOfCount } from "lib/page/dendrogram/dendrogram_counts_plot.ts";
import { treeFrame } from "lib/page/dendrogram/dendrogram_frame.ts";
import { branchNames } from "lib/page/dendrogram/dendrogram_names.ts";
import { clusterRows } from "lib/page/dendrogram/dendrogram_rows.ts";
import { centsText, sparkline } from "lib/page/dendrogram/dendrogram_sparkline.ts";
import { stripLabels, stripPaths } from "lib/page/dendrogram/dendrogram_strip.ts";
import {
  cutFinding,
  cutText,
  shareText,
  sizesText,
  stabilityWord,
} from "lib/page/dendrogram/dendrogram_words.ts";
import { FIVE } from "./desk_trees.ts";

Deno.test("stabilityWord() follows the bounds that it is given", () => {
  const bounds = { stableJaccard: 0.75, doubtfulJaccard: 0.6 };
  const values = [1, 0.75, 0.7499, 0.6, 0.5999, 0, null];
  assert.deepEqual(values.map((value) => stabilityWord(value, bounds)), [
    ...["stable", "stable", "doubtful", "doubtful", "dissolved", "dissolved", "not computed"],
  ]);
});

Deno.test("shareText() cuts after two decimals", () => {
  const values = [0.7499, 0.29, 1, 0, -0.0777, -1, 0.005, null];
  assert.deepEqual(values.map(shareText), [
    ".74",
    ".29",
    "1.00",
    ".00",
    "−.07",
    "−1.00",
    ".00",
    "–",
  ]);
});

Deno.test("cutFinding() and cutText() say number, height and evidence", () => {
  const cut = { nClusters: 14, height: 1.1234, top: 2 };
  assert.equal(
    cutFinding({ ...cut, nStable: 3 }),
    "14 clusters at a cut of 1.12; 3 of them stable",
  );
  assert.equal(
    cutFinding({ ...cut, nStable: 0 }),
    "14 clusters at a cut of 1.12; none of them stable",
  );
  assert.equal(
    cutFinding({ ...cut, nClusters: 1, nStable: null }),
    "1 cluster at a cut of 1.12; their stability was not computed",
  );
  assert.equal(cutText(2000, 0.5, 2), "2,000 clusters at height 0.50");
});

Deno.test("sizesText() falls and counts the rest", () => {
  assert.equal(sizesText([1, 5, 3]), "5, 3, 1");
  assert.equal(sizesText([1, 5, 3, 2], 2), "5, 3 and 2 more");
});

Deno.test("sparkline() draws the held side within its own range of at least ten cents", () => {
  const frame = { from: 0, to: 10, width: 10, height: 12 };
  const rising = { days: [0, 5, 10], closes: [0.2, 0.3, 0.4], side: 1 };
  assert.deepEqual(sparkline(rising, frame), { path: "M0,11L5,6L10,1", first: 0.2, last: 0.4 });
  const held = sparkline({ ...rising, side: -1 }, frame);
  assert.deepEqual([held.path, held.first, held.last], ["M0,1L5,6L10,11", 0.8, 0.6]);
  const still = sparkline({ days: [0, 10], closes: [0.5, 0.51], side: 1 }, frame);
  assert.equal(still.path, "M0,6.5L10,5.5");
  assert.equal(sparkline({ ...rising, closes: [0, 0, 0] }, frame).path, "M0,11L5,11L10,11");
});

Deno.test("sparkline() keeps one price a pixel, the last, and leaves out days outside", () => {
  const days = [-5, 0, 1, 2, 99], closes = [0.9, 0.2, 0.25, 0.3, 0.9];
  const line = sparkline({ days, closes, side: 1 }, { from: 0, to: 2, width: 1, height: 12 });
  assert.deepEqual([line.path, line.first, line.last], ["M0,11L1,1", 0.2, 0.3]);
  const none = sparkline({ days, closes, side: 1 }, { from: 3, to: 9, width: 1, height: 12 });
  assert.deepEqual(none, { path: "", first: NaN, last: NaN });
});

Deno.test("centsText() has a decimal where a cent is much", () => {
  const values = [0.5, 0.0994, 0.0995, 0.9005, 0.9006, 0.004, 1, NaN];
  assert.deepEqual(values.map(centsText), [
    ...["50¢", "9.9¢", "10¢", "90¢", "90.1¢", "0.4¢", "100.0¢", "unknown"],
  ]);
});

Deno.test("branchNames() takes words that many titles of a branch have and others have not", () => {
  const titles = [
    "Will Bitcoin fall this year?",
    "Bitcoin above 100k?",
    "Will snow fall in Oslo?",
    "Fed rate cut?",
    "Will the Fed rate rise?",
  ];
  const name = branchNames(FIVE, titles);
  assert.equal(name([5]), "Bitcoin: Will Bitcoin fall this year?");
  assert.equal(name([6]), "Fed · rate");
  assert.equal(name([2]), "Will snow fall in Oslo?");
  const apart = branchNames(FIVE, ["Rain in Oslo?", "Oslo: wind?", "Snow?", "Hail?", "Fog?"]);
  assert.equal(apart([0, 1, 2, 3, 4]), "mixed: Rain in Oslo?");
  assert.equal(apart([0, 1, 2, 3]), "Oslo: Rain in Oslo?");
  const held = ["NO · Rain?", "NO · Wind?", "", "", ""];
  assert.deepEqual([0, 5].map((node) => branchNames(FIVE, held)([node])), [
    ...["NO · Rain?", "mixed: Rain?"],
  ]);
});

Deno.test("branchNames() are without control and direction-changing characters", () => {
  const name = branchNames(FIVE, ["\u202eevil\u0007 <b>x</b>", "", "", "", ""]);
  assert.equal(name([0]), "evil <b>x</b>");
  assert.equal(name([1]), "");
});

Deno.test("treeFrame() gives heights and places back", () => {
  const frame = treeFrame(FIVE, { width: 652, height: 400 });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 5, noNaN: true }), (height) => {
      assert.ok(Math.abs(frame.heightAt(frame.y(height)) - height) < 1e-9);
    }),
    { seed: 7 },
  );
  assert.deepEqual([0, 1, 2, 3, 4].map((place) => frame.placeAt(frame.x(place) + 1)), [
    ...[0, 1, 2, 3, 4],
  ]);
  assert.deepEqual([frame.heightAt(-100), frame.heightAt(9999)], [frame.highest, 0]);
  assert.deepEqual([frame.placeAt(-9), frame.placeAt(9999)], [0, 4]);
});

Deno.test("stripPaths() and stripLabels() cover all leaves, with words where there is room", () => {
  const known = { subjects: new Map(), asked: new Set<string>(), ofRun: new Map() };
  const rows = clusterRows(FIVE, 3, { known, labels: [] });
  const frame = treeFrame(FIVE, { width: 652, height: 400 });
  const width = [...stripPaths(FIVE, rows, frame).values()].join("").match(/h\d[\d.]*/g)!
    .reduce((sum, piece) => sum + Number(piece.slice(1)), 0);
  const room = frame.right - frame.left - 3 * 1.5;
  assert.ok(Math.abs(width - room) < 0.1, String(width));
  const wide = stripLabels(FIVE, rows, { frame, nameOf: () => "Name" });
  assert.deepEqual(wide.map(({ lines }) => lines), [["1 · Name"], ["2 · Name"], ["3 · Name"]]);
  const narrow = treeFrame(FIVE, { width: 252, height: 400 });
  const few = stripLabels(FIVE, rows, { frame: narrow, nameOf: () => "Name".repeat(9) });
  assert.ok(
    few.every(({ lines: [first, ...more] }) =>
      /^\d( ·)?$/.test(first!) && more.every((line) => /^N.*…$/.test(line))
    ),
    JSON.stringify(few),
  );
  const broken = stripLabels(FIVE, rows, { frame, nameOf: () => "several words ".repeat(8) });
  assert.ok(broken.some(({ lines }) => lines.length === 2 && lines[1]!.endsWith("…")));
});

Deno.test("countAtX() gives back what xOfCount() placed, and stays on the axis", () => {
  const frame = { width: 400, height: 100, most: 2699 };
  for (const k of [2, 3, 10, 60, 500, 2699]) {
    assert.ok(Math.abs(countAtX(xOfCount(k, frame), frame) - k) <= 1);
  }
  assert.deepEqual([countAtX(-50, frame), countAtX(999, frame)], [2, 2699]);
});
