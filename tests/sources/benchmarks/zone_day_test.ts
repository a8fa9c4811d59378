import assert from "node:assert/strict";
import { formatDay, parseDay } from "lib/core/day.ts";
import { parseFactorList } from "lib/core/factor_list.ts";
import { sessions } from "lib/core/sessions.ts";
import { zoneDay } from "lib/sources/benchmarks/zone_day.ts";
import { readYaml } from "lib/store/yaml.ts";
import golden from "../../golden/sources/session_days.json" with { type: "json" };

Deno.test("zoneDay() gives the local date of an opening, which is the UTC date of the close", () => {
  assert.ok(golden.some(({ openedOn, closedOn }) => openedOn !== closedOn));
  for (const { zone, date, stamp, closedOn } of golden) {
    assert.equal(formatDay(zoneDay(zone)!(stamp * 1000)), date, `${zone} ${date}`);
    assert.equal(date, closedOn, `${zone} ${date}`);
  }
});

Deno.test("zoneDay() gives the day of every calendar of the factor list at its close", async () => {
  const list = parseFactorList(await readYaml("config/factors.yaml"));
  const days = { from: parseDay("2022-01-03"), to: parseDay("2027-01-01") };
  for (const [name, calendar] of Object.entries(list.calendars)) {
    const at = sessions({ ...calendar, holidays: list.holidays[calendar.holidays]! }, days);
    const dayAt = zoneDay(calendar.zone)!;
    assert.ok(at.day.length > 1000);
    for (let i = 0; i < at.day.length; i += 7) {
      const beforeCloseMs = (at.day[i]! * 1440 + at.minute[i]! - 1) * 60_000;
      assert.equal(dayAt(beforeCloseMs), at.day[i], `${name} ${formatDay(at.day[i]!)}`);
    }
  }
});

Deno.test("zoneDay() gives nothing for an unknown zone", () => {
  assert.equal(zoneDay("America/Atlantis"), undefined);
  assert.equal(zoneDay(""), undefined);
});
