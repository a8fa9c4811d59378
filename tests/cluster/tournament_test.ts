import assert from "node:assert/strict";
import fc from "fast-check";
import { knockOut, leastPlace, replay, tournament } from "lib/cluster/tournament.ts";

Deno.test("tournament() knows the least value after every change", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 }),
      fc.array(fc.tuple(fc.nat(19), fc.integer({ min: -1, max: 5 })), { maxLength: 30 }),
      (start, changes) => {
        const values = Float64Array.from(start), gone = new Set<number>();
        const bounds = tournament(values);
        for (const [where, value] of changes) {
          const place = where % start.length;
          if (gone.has(place)) continue;
          if (value < 0) {
            gone.add(place);
            knockOut(bounds, place);
          } else {
            values[place] = value;
            replay(bounds, place);
          }
          const left = start.map((_, i) => i).filter((i) => !gone.has(i));
          const least = Math.min(...left.map((i) => values[i]!));
          assert.equal(leastPlace(bounds), left.find((i) => values[i] === least) ?? -1);
        }
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});
