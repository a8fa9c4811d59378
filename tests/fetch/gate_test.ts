import assert from "node:assert/strict";
import { makeGate } from "lib/fetch/gate.ts";

Deno.test("makeGate() lets so many in, and the others in the order in which they came", async () => {
  const gate = makeGate(2);
  const seen: string[] = [];
  const enter = (name: string) => gate.enter().then((isIn) => seen.push(`${name} ${isIn}`));
  const all = ["a", "b", "c", "d"].map(enter);
  await Promise.all(all.slice(0, 2));
  await Promise.resolve();
  assert.deepEqual(seen, ["a true", "b true"]);
  gate.leave();
  await all[2];
  assert.deepEqual(seen, ["a true", "b true", "c true"]);
  gate.leave();
  await all[3];
  assert.deepEqual(seen, ["a true", "b true", "c true", "d true"]);
});

Deno.test("makeGate() never lets more in than it has places", async () => {
  const gate = makeGate(3);
  let inside = 0, most = 0;
  await Promise.all(Array.from({ length: 50 }, async (_, i) => {
    await gate.enter();
    most = Math.max(most, ++inside);
    for (let k = 0; k < i % 7; ++k) await Promise.resolve();
    --inside;
    gate.leave();
  }));
  assert.equal(most, 3);
  assert.equal(inside, 0);
});

Deno.test("makeGate() gives false to who is stopped, and no place is lost", async () => {
  const gate = makeGate(1);
  const stop = new AbortController();
  assert.equal(await gate.enter(stop.signal), true);
  const waiting = gate.enter(stop.signal);
  const patient = gate.enter();
  stop.abort();
  assert.equal(await waiting, false);
  assert.equal(await gate.enter(stop.signal), false);
  gate.leave();
  assert.equal(await patient, true);
  gate.leave();
  assert.equal(await gate.enter(), true);
});

Deno.test("makeGate() keeps the turn of who was let in before the stop", async () => {
  const gate = makeGate(1);
  const stop = new AbortController();
  await gate.enter();
  const waiting = gate.enter(stop.signal);
  gate.leave();
  stop.abort();
  assert.equal(await waiting, true);
});

Deno.test("makeGate() needs a place", () => {
  assert.throws(() => makeGate(0), {
    name: "RangeError",
    message: "Cannot make a gate as its places must be a whole number >= 1: got 0",
  });
});
