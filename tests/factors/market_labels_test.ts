import assert from "node:assert/strict";
import { integerColumn, stringColumn, table } from "lib/core/table.ts";
import { marketLabels } from "lib/factors/market_labels.ts";

const TABLES = {
  classified: table({
    market_id: stringColumn(["a", "b", "c", "d", "e"]),
    event_id: stringColumn(["e1", "e1", "e2", "e3", null]),
    primary_theme: stringColumn(["rates", "rates", "uncategorized", null, "sports"]),
  }),
  events: table({
    event_id: stringColumn(["e1", "e2", "e3"]),
    kind: stringColumn(["ladder", null, "binary"]),
  }),
  sides: table({
    market_id: stringColumn(["a", "b", "e"]),
    side: integerColumn([-1, 0, 1]),
  }),
};
const THEMES = { themes: new Set(["rates"]) };

Deno.test("marketLabels() give the event, the theme and the kind of a contract", () => {
  const { eventOf, themeOf, kindOf } = marketLabels(TABLES, THEMES);
  const ids = ["a", "c", "d", "e", "unheard of"];
  assert.deepEqual(ids.map(eventOf), ["e1", "e2", "e3", "e", "unheard of"]);
  assert.deepEqual(ids.map(themeOf), ["rates", null, null, "sports", null]);
  assert.deepEqual(ids.map(kindOf), ["ladder", null, "binary", null, null]);
});

Deno.test("marketLabels() place contracts of held themes, turned where words say the other side", () => {
  const { places } = marketLabels(TABLES, THEMES);
  assert.deepEqual([...places], [
    ["a", { theme: "rates", event: "e1", side: -1 }],
    ["b", { theme: "rates", event: "e1", side: 1 }],
  ]);
  const all = marketLabels(TABLES, { themes: new Set(["rates", "sports", "uncategorized"]) });
  assert.deepEqual(all.places.get("e"), { theme: "sports", event: "e", side: 1 });
  const unsaid = marketLabels({
    ...TABLES,
    sides: table({
      market_id: stringColumn([]),
      side: integerColumn([]),
    }),
  }, THEMES);
  assert.equal(unsaid.places.get("a")!.side, 1);
});

Deno.test("marketLabels() refuse a checkpoint without its columns", () => {
  assert.throws(
    () => marketLabels({ ...TABLES, sides: TABLES.events }, THEMES),
    {
      name: "TypeError",
      message:
        'Cannot read column "market_id" as it must be of type string: got none, the table has event_id, kind',
    },
  );
});
