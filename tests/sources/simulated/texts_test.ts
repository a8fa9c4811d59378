import assert from "node:assert/strict";
import { dayOf, MS_PER_DAY, parseDay, weekday } from "lib/core/day.ts";
import { columnOf } from "lib/core/table.ts";
import { recurringDays } from "lib/sources/simulated/calendar_dates.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { parseTemplates } from "lib/sources/simulated/templates.ts";
import { slugOf } from "lib/sources/simulated/texts.ts";
import { textOf, trueMarkets, universe } from "./universe.ts";

const full = universe("default", "full");
const truth = new Map(trueMarkets(full).map((market) => [market.id, market]));
const text = (name: string) => textOf(full.tables.markets, name);
const closesAt = columnOf(full.tables.markets, "closes_at", "timestamp").values;
const [ids, questions, rules, titles] = ["market_id", "question", "description", "event_title"]
  .map(text);
const [outcomes, items, slugs, eventSlugs] = ["outcome", "group_item_title", "slug", "event_slug"]
  .map(text);
/** Rows of good markets: those with a truth. */
const rows = ids!.flatMap((id, i) => truth.has(id!) ? [i] : []);

/** What no editor of a venue would let pass, by name. */
const FAULTS: Readonly<Record<string, RegExp>> = {
  "a placeholder": /[{}]|undefined|null|NaN/,
  "a word twice": /\b([A-Za-z]+) \1\b/i,
  "two articles": /\b(the|an?) (the|an?)\b/i,
  "a before a vowel": /\ba (?!one\b|U|u[ns])[aeiouAEIO]\w/i,
  "an before a consonant": /\ban (?!h|[FHLMNRSX][A-Z\d]|mRNA)[b-df-hj-np-tv-z]\w/i,
  "stray space": / {2}|(^| ) *[,.?!]( |$)|^ | $/,
  "British spelling":
    /\w(isation|entre)\b|(normal|capital|organ|annual)is|programme|defence|labour/i,
};

Deno.test("titles and rules are free of template leaks and slips of grammar", () => {
  for (const [name, pattern] of Object.entries(FAULTS)) {
    for (const list of [questions!, rules!, titles!, outcomes!, items!]) {
      const found = rows.map((i) => list[i]).find((one) => one !== null && pattern.test(one!));
      assert.equal(found, undefined, name);
    }
  }
  for (const i of rows) {
    assert.match(questions![i]!, /^[^a-z].*\?$|^.+ vs\. .+$/);
    assert.match(titles![i]!, /^[^a-z].*[^ ]$/);
    assert.doesNotMatch(titles![i]!, /\bby\?/, "a date that is not there");
  }
});

Deno.test("a rule text names the day on which the contract is scheduled to end", () => {
  let n = 0;
  for (const i of rows) {
    const dates = rules![i]!.match(/[A-Z][a-z]+ \d{1,2}, 20\d\d/g);
    if (dates === null) continue;
    ++n;
    // a venue's day ends at 23:59 in New York, at 04:59 UTC of the next
    const scheduled = dayOf(closesAt[i]! - 5 * MS_PER_DAY / 24);
    assert.equal(Date.parse(`${dates.at(-1)} UTC`) / MS_PER_DAY, scheduled, rules![i]!);
  }
  assert.ok(n > 0.95 * rows.length, `${n} texts with a date`);
});

Deno.test("a game that can be drawn asks for Yes or No, others for a side", () => {
  let nDrawable = 0;
  for (const i of rows) {
    if (truth.get(ids![i]!)!.kind !== "game" || ids![i]!.startsWith("kalshi:")) continue;
    const drawable = questions![i]!.startsWith("Will ");
    nDrawable += drawable ? 1 : 0;
    assert.equal(outcomes![i] === "Yes", drawable, questions![i]!);
    assert.equal(rules![i]!.includes('will resolve to "No"'), drawable, rules![i]!);
  }
  assert.ok(nDrawable > 50);
});

Deno.test("a strike carries its unit beside the others of its event", () => {
  for (const i of rows) {
    const { kind, ticker } = truth.get(ids![i]!)!;
    if (kind === "series_ladder") assert.match(items![i]!, /^\$\d/);
    if (ticker.startsWith("approval_above")) assert.match(items![i]!, /^\d+%$/);
    if (kind === "binary" || kind === "game") assert.equal(items![i], null);
  }
});

Deno.test("addresses are numbered only where the wording comes back", () => {
  const byWording = Map.groupBy(
    rows.filter((i) => ids![i]!.startsWith("poly:")),
    (i) => slugOf(questions![i]!),
  );
  for (const [wording, list] of byWording) {
    const expected = list.map((_, k) => k === 0 ? wording : `${wording}-${k + 1}`).sort();
    assert.deepEqual(list.map((i) => slugs![i]).sort(), expected);
    assert.match(wording, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
  const events = new Set(rows.map((i) => eventSlugs![i]));
  for (const slug of events) {
    const [, base, k] = /^(.*)-(\d+)$/.exec(slug!) ?? [];
    const isCopy = k !== undefined && Number(k) < 30 && events.has(base!);
    if (isCopy && Number(k) > 2) assert.ok(events.has(`${base}-${Number(k) - 1}`), slug!);
  }
});

Deno.test("remarks fit what decides the question", async () => {
  const { templates } = await readTemplates();
  const figures = new Set(templates.notes.figure);
  for (const i of rows) {
    const { kind } = truth.get(ids![i]!)!;
    const remark = [...figures].find((one) => rules![i]!.includes(one));
    if (kind === "deadlines" || kind === "nominal" || kind === "game") {
      assert.equal(remark, undefined, rules![i]!);
    }
  }
});

Deno.test("recurringDays() knows the last day of a month and its first Friday", () => {
  const range = [parseDay("2024-01-01"), parseDay("2024-05-01")] as const;
  assert.deepEqual(
    recurringDays({ unit: "month", day: "last" }, ...range),
    ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"].map(parseDay),
  );
  // hand-checked against a calendar
  assert.deepEqual(
    recurringDays({ unit: "month", day: 1, weekday: 5 }, ...range),
    ["2024-01-05", "2024-02-02", "2024-03-01", "2024-04-05"].map(parseDay),
  );
});

Deno.test("figures of the statistical offices are released on working days", () => {
  let n = 0;
  for (const i of rows) {
    const { ticker } = truth.get(ids![i]!)!;
    if (!/^(payrolls|unemployment|cpi_monthly|core_cpi_above)\|/.test(ticker)) continue;
    ++n;
    const day = dayOf(closesAt[i]! - 5 * MS_PER_DAY / 24);
    assert.equal(weekday(day), ticker.startsWith("p") || ticker.startsWith("u") ? 5 : 3, ticker);
  }
  assert.ok(n > 100);
});

Deno.test("parseTemplates() refuses a ladder without its strike and a weekday past the month", () => {
  const template = {
    key: "storms",
    kind: "ladder",
    start: [2, 4],
    step: 1,
    n: [3, 4],
    days: [10, 20],
    event: "Storms",
    question: "Will there be storms?",
    condition: "storms come",
    every: { unit: "month", day: 1 },
  };
  const parse = (changed: object) =>
    parseTemplates({
      entities: {},
      notes: { deadline: ["x"], contest: ["x"], figure: ["x"], price: ["x"] },
      themes: {
        weather: {
          share: 1,
          common: 0,
          source: "the office",
          clusters: { all: { common: 0, templates: [{ ...template, ...changed }] } },
        },
      },
    });
  assert.throws(() => parse({}), /weather\.all: key "storms" must have \{strike\} in its question/);
  const question = "Will there be more than {strike} storms?";
  assert.ok(parse({ question }));
  assert.throws(
    () => parse({ question, every: { unit: "month", day: 25, weekday: 5 } }),
    /with a weekday, the day must be 22 at most/,
  );
});
