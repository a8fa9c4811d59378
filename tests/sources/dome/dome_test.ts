import assert from "node:assert/strict";
import { refuseDome } from "lib/sources/dome/dome.ts";

Deno.test("refuseDome() names the day, the reason and what to pull instead", () => {
  assert.throws(refuseDome, {
    name: "RangeError",
    message:
      'Cannot pull the venue "dome" as a venue must still answer: got one that closed on 2026-04-28 (Polymarket bought Dome and ended its interfaces); pull "polymarket" and "kalshi" instead',
  });
});
