import assert from "node:assert/strict";
import { systemClock } from "lib/fetch/clock.ts";
import { tidyTest } from "./tidy.ts";

tidyTest("systemClock() waits at least so long", async () => {
  const { nowMs, sleep } = systemClock();
  const startMs = performance.now();
  await sleep(20.4);
  assert.ok(performance.now() - startMs >= 20.4 - 1);
  assert.ok(Math.abs(nowMs() - Date.now()) <= 1000);
});

tidyTest("systemClock() ends a sleep when it is stopped, and leaves no timer", async () => {
  const { sleep } = systemClock();
  const stop = new AbortController();
  const startMs = performance.now();
  const sleeping = sleep(60_000, stop.signal);
  stop.abort();
  await sleeping;
  await sleep(60_000, stop.signal);
  await sleep(0);
  await sleep(-5);
  assert.ok(performance.now() - startMs < 5000);
});

tidyTest("systemClock() leaves nothing on the signal of a sleep that ended", async () => {
  const { signal } = new AbortController();
  const open = new Set<unknown>();
  signal.addEventListener = (_: string, listener: unknown) => void open.add(listener);
  signal.removeEventListener = (_: string, listener: unknown) => void open.delete(listener);
  await systemClock().sleep(2, signal);
  assert.equal(open.size, 0);
});
