import fc from "fast-check";
import assert from "node:assert/strict";
import { eventKey, readableId, tickerKey } from "lib/taxonomy/text_keys.ts";

Deno.test("eventKey() makes a title and its slug equal", () => {
  assert.equal(eventKey("Will the Senator’s bill pass?"), "will senators bill pass");
  assert.equal(
    eventKey("U.S. x São Paulo: deal — signed?"),
    eventKey("us x sao paulo deal signed"),
  );
  assert.equal(eventKey("S&P 500 above $7,100.5"), "sp 500 above 7100pt5");
  assert.equal(eventKey("Большой договор"), "большои договор");
  assert.equal(eventKey("🎉"), "🎉");
});

Deno.test("tickerKey() keeps signs that make a difference and evens out ways of writing a number", () => {
  assert.notEqual(tickerKey("Spread: Rockies (-1.5)"), tickerKey("Spread: Rockies (+1.5)"));
  assert.notEqual(tickerKey("<100"), tickerKey(">100"));
  assert.notEqual(tickerKey("↑ 120"), tickerKey("↓ 120"));
  assert.notEqual(tickerKey("100-119"), tickerKey("100119"));
  assert.equal(tickerKey(">$105k"), tickerKey("> 105,000"));
  assert.equal(tickerKey("Suns vs. Kings"), tickerKey("suns vs kings"));
  assert.equal(tickerKey("$1.50"), "1.5");
  assert.equal(tickerKey("—"), "—");
});

Deno.test("readableId() is the words alone where they tell all, else with a hash", () => {
  assert.equal(readableId("fed decision"), "fed-decision");
  assert.match(readableId("большой договор"), /^[0-9a-z]{8}$/);
  assert.match(readableId("spread +1.5"), /^spread-1-5-[0-9a-z]{8}$/);
  assert.match(readableId("fed decision", { isUnique: false }), /^fed-decision-[0-9a-z]{8}$/);
  const long = "word ".repeat(40).trim();
  assert.match(readableId(long), /^word-.*-[0-9a-z]{8}$/);
  assert.notEqual(readableId(long), readableId(`${long} more`));
});

Deno.test("readableId() is short, plain and different for different keys", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, other] = [readableId(eventKey(a)), readableId(eventKey(b))];
      assert.match(one, /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/);
      assert.equal(one === other, eventKey(a) === eventKey(b));
    }),
    { seed: 7, numRuns: 1000 },
  );
});
