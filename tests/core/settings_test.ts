import assert from "node:assert/strict";
import { parse } from "yaml";
import { parseSettings, settingRows } from "lib/core/settings.ts";

const raw = () =>
  parse(Deno.readTextFileSync(new URL("../../config/settings.yaml", import.meta.url)));

Deno.test("parseSettings() reads the committed settings, every threshold of the seed plan in them", () => {
  const settings = parseSettings(raw());
  assert.equal(settings.universe.min_history_days.value, 30);
  assert.equal(settings.eligibility.min_days_to_end.value, 14);
  assert.equal(settings.eligibility.min_open_interest_usd.value, 1000);
  assert.deepEqual(settings.clustering.windows_days.value, [60, 90]);
  assert.equal(settings.baskets.max_weight.value, 0.2);
  assert.deepEqual(settings.classification.audit_samples.value, [50, 100]);
  for (const row of settingRows(settings)) assert.ok(row.reason.length >= 10, row.name);
});

Deno.test("parseSettings() refuses a missing, unknown, out-of-range or otherwise measured setting", () => {
  const broken: [(settings: ReturnType<typeof raw>) => void, RegExp][] = [
    [(s) => delete s.baskets.max_weight, /baskets\.max_weight: /],
    [(s) => s.baskets.maximum = 1, /baskets: Unrecognized key: "maximum"/],
    [(s) => s.eligibility.min_price.value = 5, /eligibility\.min_price\.value: Too big/],
    [(s) => s.eligibility.min_price.unit = "cents", /eligibility\.min_price\.unit: /],
    [(s) => s.eligibility.min_price.value = 0.99, /eligibility\.min_price: must not exceed/],
    [
      (s) => s.clustering.doubtful_jaccard.value = 0.9,
      /clustering\.doubtful_jaccard: must not exceed its upper limit 0\.75/,
    ],
    [
      (s) => s.clustering.min_next_overlap_days.value = 61,
      /clustering\.min_next_overlap_days: must not exceed its upper limit 60/,
    ],
    [
      (s) => s.clustering.studied_windows.value[1] = ["2025-05-01", "2025-05-01", "2025-08-01"],
      /studied_windows\.value\.1: must name rising days, not 2025-05-01, 2025-05-01, 2025-08-01/,
    ],
    [
      (s) => s.clustering.studied_windows.value[0] = ["2024-02-30", "2024-09-16", "2024-11-05"],
      /studied_windows\.value\.0\.0: Invalid ISO date/,
    ],
    [
      (s) => s.clustering.shifts.value = 18,
      /clustering\.shifts: must be at least 19 for a level of 0\.05/,
    ],
    [
      (s) => s.classification.permutations.value = 18,
      /classification\.permutations: must be at least 19 for a level of 0\.05/,
    ],
    [
      (s) => s.classification.min_confidence.value = 0.81,
      /classification\.min_confidence: must not exceed its upper limit 0\.8/,
    ],
    [(s) => s.classification.audit_samples.value = [], /audit_samples\.value: Too small/],
    [(s) => delete s.returns.tick.reason, /returns\.tick\.reason: /],
  ];
  for (const [breakIt, message] of broken) {
    const settings = raw();
    breakIt(settings);
    assert.throws(() => parseSettings(settings), (error: Error) => {
      assert.equal(error.name, "SyntaxError");
      assert.match(error.message, message);
      return true;
    });
  }
  assert.throws(() => parseSettings(null), /^SyntaxError: Cannot read the settings/);
});
