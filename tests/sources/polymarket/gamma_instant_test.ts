import assert from "node:assert/strict";
import fc from "fast-check";
import { gammaInstant } from "lib/sources/polymarket/gamma_instant.ts";

Deno.test("gammaInstant() reads each form that the venue writes", () => {
  const forms: readonly (readonly [string, number])[] = [
    ["2025-07-11T18:36:02.893Z", Date.UTC(2025, 6, 11, 18, 36, 2, 893)],
    ["2025-01-02T19:54:09.063994Z", Date.UTC(2025, 0, 2, 19, 54, 9, 63)],
    ["2022-03-07T15:37:33.5Z", Date.UTC(2022, 2, 7, 15, 37, 33, 500)],
    ["2028-11-07T00:00:00Z", Date.UTC(2028, 10, 7)],
    ["2026-04-05 19:37:33+00", Date.UTC(2026, 3, 5, 19, 37, 33)],
    ["2023-10-25 18:55:50.674+00", Date.UTC(2023, 9, 25, 18, 55, 50, 674)],
    ["2026-04-05 19:37:33-0530", Date.UTC(2026, 3, 6, 1, 7, 33)],
    ["2026-04-05T19:37:33+02:00", Date.UTC(2026, 3, 5, 17, 37, 33)],
    ["2026-04-05T19:37:33", Date.UTC(2026, 3, 5, 19, 37, 33)],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
    ["1969-12-31T23:59:59.9999Z", -1],
  ];
  for (const [text, atMs] of forms) assert.equal(gammaInstant(text), atMs, text);
});

Deno.test("gammaInstant() gives null for no date", () => {
  for (const text of ["", "  ", "0001-01-01T00:00:00Z"]) assert.equal(gammaInstant(text), null);
});

Deno.test("gammaInstant() gives undefined for what is no date", () => {
  const wrong = [
    "soon",
    "November 4, 2020",
    "2025-02-29",
    "2025-13-01",
    "2025-01-01T24:00:00Z",
    "2025-01-01T00:60:00Z",
    "2025-01-01T00:00:00+15",
    "1780533322",
    "2025-1-1",
  ];
  for (const text of wrong) assert.equal(gammaInstant(text), undefined, text);
});

Deno.test("gammaInstant() reads back every instant in both forms", () => {
  const dates = fc.date({
    min: new Date("1000-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const iso = date.toISOString();
      assert.equal(gammaInstant(iso), date.getTime());
      assert.equal(gammaInstant(iso.replace("T", " ").replace("Z", "+00")), date.getTime());
    }),
    { seed: 8 },
  );
});

Deno.test("gammaInstant() is total", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const atMs = gammaInstant(text);
      assert.ok(atMs === undefined || atMs === null || Number.isInteger(atMs));
    }),
    { seed: 8 },
  );
});
