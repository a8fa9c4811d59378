import assert from "node:assert/strict";
import { eventKind } from "lib/taxonomy/event_shape.ts";

const kind = (labels: string[], isGame = false, nContracts = labels.length) =>
  eventKind({ labels, nContracts, isGame });

Deno.test("eventKind() tells one question from its repetitions", () => {
  assert.equal(kind(["US strikes Nordland"]), "binary");
  assert.equal(kind(["US strikes Nordland"], false, 3), "time_variant");
});

Deno.test("eventKind() tells strikes from names", () => {
  assert.equal(kind(["<100", "100-119", "120+"]), "ladder");
  assert.equal(kind(["25 bps decrease", "No change", "25+ bps increase"]), "ladder");
  assert.equal(kind(["Points O/U 18.5", "Points O/U 20.5"]), "ladder");
  assert.equal(kind(["Nina Vance", "Oscar Reyes"]), "categorical");
  assert.equal(kind(["No change", "Other"]), "categorical");
  assert.equal(kind(["Lyon wins 2-1", "Metz wins 2-1"]), "categorical");
  assert.equal(kind(["Nina Vance 3+ times", "Canal 3+ times"]), "categorical");
});

Deno.test("eventKind() calls bets on one game categorical although they have lines", () => {
  assert.equal(kind(["O/U 231.5", "O/U 229.5"], true), "categorical");
});
