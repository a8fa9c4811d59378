import assert from "node:assert/strict";
import { durationText } from "lib/sources/live/estimate.ts";
import {
  endText,
  progressLine,
  progressTeller,
  progressText,
} from "lib/sources/live/pull_progress.ts";

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
    "polymarket prices: 5,290 requests, 87.9 a second, 2 jobs failed",
  );
});

Deno.test("progressText() tells no rate before there is one", () => {
  assert.equal(
    progressText({ ...PROGRESS, asked: 3, seconds: 0 }),
    "polymarket prices: 3 of 5,285 requests",
  );
});

Deno.test("progressLine() has columns and stays below 80 characters", () => {
  assert.equal(
    progressLine(PROGRESS),
    "  polymarket prices       1,204 of     5,285   20.0/s   3 min left",
  );
  assert.equal(
    progressLine({ ...PROGRESS, venue: "kalshi", asked: 12, planned: 40, failed: 1, seconds: 3 }),
    "  kalshi prices              12 of        40    4.0/s     7 s left  1 failed",
  );
  assert.equal(
    progressLine({ ...PROGRESS, asked: 3 }),
    "  polymarket prices           3 of     5,285",
  );
  const most = { asked: 1_204_567, planned: 5_285_123, failed: 123_456, seconds: 1e4 };
  assert.ok(progressLine({ venue: "polymarket", phase: "catalogue", ...most }).length < 80);
});

Deno.test("endText() tells what it took, and jobs that failed without a request", () => {
  const ended = { ...PROGRESS, asked: 1, failed: 2, seconds: 0.3 };
  assert.equal(endText(ended), "polymarket prices: 1 request in 1 s, 2 jobs failed");
  assert.equal(endText({ ...ended, asked: 0 }), "polymarket prices: 2 jobs failed");
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

Deno.test("progressTeller() says a line of each venue every ten seconds where there is no terminal", () => {
  let now = 0;
  const said: string[] = [];
  const teller = progressTeller({
    say: (text) => said.push(text),
    isTerminal: false,
    nowMs: () => now,
  });
  for (now = 0; now <= 25_000; now += 1000) {
    const asked = now / 1000;
    teller.tell({ ...PROGRESS, asked, seconds: asked });
    if (now >= 12_000) {
      teller.tell({ ...PROGRESS, venue: "kalshi", asked, seconds: asked - 12 });
    }
  }
  teller.end({ ...PROGRESS, asked: 26 });
  assert.deepEqual(said.map((text) => text.split(",")[0]), [
    "polymarket prices: 10 of 5",
    "polymarket prices: 20 of 5",
    "kalshi prices: 22 of 5",
    "polymarket prices: 26 requests in 61 s\n",
  ]);
  assert.ok(said.every((text) => text.endsWith("\n")));
});

Deno.test("progressTeller() moves a line of each venue on a terminal", () => {
  let now = 0;
  const said: string[] = [];
  const teller = progressTeller({
    say: (text) => said.push(text),
    isTerminal: true,
    nowMs: () => now,
  });
  const kalshi = { ...PROGRESS, venue: "kalshi" };
  const line = (progress: typeof PROGRESS, asked: number) => progressLine({ ...progress, asked });
  now = 300;
  teller.tell({ ...PROGRESS, asked: 1 });
  teller.tell({ ...kalshi, asked: 1 });
  now = 600;
  teller.tell({ ...PROGRESS, asked: 2 });
  teller.end({ ...PROGRESS, asked: 9 });
  teller.end({ ...kalshi, asked: 5 });
  assert.deepEqual(said, [
    line(PROGRESS, 1),
    `\r\x1b[J${line(PROGRESS, 2)}\n${line(kalshi, 1)}`,
    `\r\x1b[1A\x1b[Jpolymarket prices: 9 requests in 61 s\n${line(kalshi, 1)}`,
    "\r\x1b[Jkalshi prices: 5 requests in 61 s\n",
  ]);
});
