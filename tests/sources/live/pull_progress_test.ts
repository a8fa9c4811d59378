import assert from "node:assert/strict";
import { durationText } from "lib/sources/live/estimate.ts";
import { progressTeller, progressText } from "lib/sources/live/pull_progress.ts";

const PROGRESS = {
  venue: "polymarket",
  phase: "prices",
  asked: 1204,
  planned: 5285,
  failed: 0,
  seconds: 60.2,
};

Deno.test("progressText() tells requests, rate and time left", () => {
  assert.equal(
    progressText(PROGRESS),
    "polymarket prices: 1,204 of 5,285 requests, 20.0 a second, 3 min left",
  );
  assert.equal(
    progressText({ ...PROGRESS, asked: 5290, failed: 2 }),
    "polymarket prices: 5,290 requests, 87.9 a second, 2 failed",
  );
});

Deno.test("progressText() tells no rate before there is one", () => {
  assert.equal(
    progressText({ ...PROGRESS, asked: 3, seconds: 0 }),
    "polymarket prices: 3 of 5,285 requests",
  );
});

Deno.test("durationText() has the unit that a person would choose", () => {
  assert.deepEqual([0.2, 89, 91, 5399, 5401, 100_000].map(durationText), [
    "1 s",
    "89 s",
    "2 min",
    "90 min",
    "1.5 h",
    "27.8 h",
  ]);
});

Deno.test("progressTeller() says a line every ten seconds where there is no terminal", () => {
  let now = 0;
  const said: string[] = [];
  const teller = progressTeller({
    say: (text) => said.push(text),
    isTerminal: false,
    nowMs: () => now,
  });
  for (now = 0; now <= 25_000; now += 1000) teller.tell({ ...PROGRESS, asked: now / 1000 });
  teller.end({ ...PROGRESS, asked: 26 });
  assert.deepEqual(said.map((text) => text.split(",")[0]), [
    "polymarket prices: 10 of 5",
    "polymarket prices: 20 of 5",
    "polymarket prices: 26 of 26 requests",
  ]);
  assert.ok(said.every((text) => text.endsWith("\n")));
});

Deno.test("progressTeller() moves one line on a terminal and clears it", () => {
  let now = 0;
  const said: string[] = [];
  const teller = progressTeller({
    say: (text) => said.push(text),
    isTerminal: true,
    nowMs: () => now,
  });
  now = 300;
  teller.tell({ ...PROGRESS, asked: 1 });
  now = 600;
  teller.tell({ ...PROGRESS, asked: 2 });
  assert.equal(said[0], "polymarket prices: 1 of 5,285 requests");
  const clear = `\r${" ".repeat(said[0]!.length)}\r`;
  assert.equal(said[1], `${clear}polymarket prices: 2 of 5,285 requests`);
});
