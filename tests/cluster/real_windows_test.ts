import assert from "node:assert/strict";
import { studyWindows, windowPrices } from "lib/cluster/study_windows.ts";
import { WORKING_REPRESENTATION } from "lib/cluster/window_moves.ts";
import { dayOf } from "lib/core/day.ts";
import { parseSettings } from "lib/core/settings.ts";
import { readUniverse } from "lib/sources/universe_source.ts";
import { SEED_REPRESENTATION } from "lib/stats/representation.ts";
import { windowPersistence } from "lib/stats/window_persistence.ts";
import { readYaml } from "lib/store/yaml.ts";

const FOLDER = new URL("../../../shared/data/real/", import.meta.url);
const isThere = await Deno.stat(FOLDER).then(() => true, () => false);

// golden: section 1 of the methods paper, counted by its authors on 2,711 markets of which the folder
// holds a part: correlation of ρ now with ρ next by one-day point changes and by two-day log-odds
const PAPER = [
  { boundary: "before the election of 2024", points: 0.35, logit: 0.42 },
  { boundary: "in the spring of 2025", points: 0.04, logit: 0.07 },
];

Deno.test({
  name: "the studied windows show the persistence of the methods paper, on real prices",
  ignore: !isThere,
  fn: async () => {
    const settings = parseSettings(await readYaml("config/settings.yaml"));
    const { clustering: set } = settings;
    const universe = await readUniverse({ source: FOLDER.pathname, out: "unused" });
    const until = dayOf(universe.asOfMs - 1) + 1;
    const studied = studyWindows(set, { since: 0, until }).filter((one) => one.studied);
    assert.equal(studied.length, PAPER.length);
    const found = studied.map((window) => {
      const { now, next } = windowPrices(universe, window, set, {
        tick: settings.returns.tick.value,
        minDaysToEnd: 0,
      });
      return [SEED_REPRESENTATION, WORKING_REPRESENTATION].map((representation) =>
        windowPersistence({
          ...{ now, next, representation, tick: settings.returns.tick.value, seed: 7 },
          minOverlap: Math.ceil(
            set.min_window_overlap_days.value * (window.boundaryDay - window.fromDay) / 90,
          ),
          minNextOverlap: set.min_next_overlap_days.value,
          shifts: 99,
        })
      );
    });
    found.forEach((moves, k) => {
      const { boundary, ...paper } = PAPER[k]!;
      moves.forEach(({ correlation, ciLow, ciHigh, nItems }, m) => {
        const said = `${boundary}: ${correlation}, ${ciLow} to ${ciHigh}`;
        const theirs = m === 0 ? paper.points : paper.logit;
        assert.ok(ciLow <= theirs && theirs <= ciHigh && nItems > 50, said);
      });
    });
    // strong before the election and beyond noise, hardly anything in spring; log-odds show more
    const [election, spring] = found.map(([points, logit]) => ({ points: points!, logit: logit! }));
    assert.ok(election!.logit.ciLow > election!.logit.nullHigh);
    assert.ok(election!.logit.correlation > election!.points.correlation);
    assert.ok(spring!.logit.correlation < 0.15 && spring!.points.correlation < 0.15);
    assert.ok(election!.points.correlation > election!.points.nullHigh);
  },
});
