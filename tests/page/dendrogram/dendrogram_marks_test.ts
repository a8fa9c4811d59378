import assert from "node:assert/strict";
import fc from "fast-check";
import { placedMarks } from "lib/page/dendrogram/dendrogram_marks.tsx";

const FRAME = { y: (height: number) => 300 - 100 * height };

Deno.test("placedMarks() puts words at their cuts, and below the present cut's where these are one", () => {
  const marks = [{ label: "signed: 5", height: 2 }, { label: "last run: 8", height: 1 }];
  const placed = placedMarks(marks, { frame: FRAME, cutY: 200 });
  assert.deepEqual(placed.map(({ label, y, textY }) => [label, y, textY]), [
    ["signed: 5", 100, 104],
    ["last run: 8", 200, 231],
  ]);
});

Deno.test("placedMarks() keeps words apart from each other and from the present cut's", () => {
  const height = fc.double({ min: 0, max: 3, noNaN: true });
  fc.assert(
    fc.property(fc.array(height, { maxLength: 2 }), height, (heights, cut) => {
      const marks = heights.map((height, k) => ({ label: String(k), height }));
      const cutY = FRAME.y(cut);
      const lines = placedMarks(marks, { frame: FRAME, cutY }).map(({ textY }) => textY);
      lines.forEach((line, k) => {
        assert.ok(line <= cutY - 14 || line >= cutY + 31, `${line} at ${cutY}`);
        assert.ok(k === 0 || line - lines[k - 1]! >= 14, String(lines));
      });
    }),
    { seed: 7 },
  );
});
