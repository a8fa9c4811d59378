import assert from "node:assert/strict";
import {
  gameOfSlug,
  hasPairing,
  isContainer,
  kalshiSeries,
  pairingOf,
} from "lib/taxonomy/venue_tickers.ts";

Deno.test("gameOfSlug() reads league and sides, whatever follows the date", () => {
  assert.deepEqual(gameOfSlug("nba-phx-sac-2026-01-09"), {
    key: "nba phx sac",
    name: "NBA PHX SAC",
    date: "2026-01-09",
  });
  assert.equal(gameOfSlug("scop-hmi-fal-2026-02-21-more-markets")?.key, "scop hmi fal");
  assert.equal(gameOfSlug("fed-decision-in-march-2026"), null);
  assert.equal(gameOfSlug("ufc-fight-night-2023-06-01"), null);
  assert.equal(gameOfSlug(null), null);
});

Deno.test("pairingOf() gives two sides without labels, handicaps and lines", () => {
  assert.equal(pairingOf("NBA: Who will win the Hawks vs. Magic?"), "Hawks vs. Magic");
  assert.equal(pairingOf("Hawks (-2.5) vs. Magic"), "Hawks vs. Magic");
  assert.equal(pairingOf("Rams -2.5 vs Jets"), "Rams vs. Jets");
  assert.equal(pairingOf("Giants vs. Jets Over 43.5"), "Giants vs. Jets");
  assert.equal(pairingOf("Ames v. Okoye"), "Ames vs. Okoye");
  assert.equal(
    pairingOf("NBA: Will the Hawks beat the Magic by more than 2.5 points?"),
    "Hawks vs. Magic",
  );
  assert.equal(pairingOf("US strikes Nordland"), null);
  assert.ok(hasPairing("Suns vs Kings") && !hasPairing("Versailles treaty"));
});

Deno.test("isContainer() knows a league's day from a question", () => {
  for (const day of ["NBA", "NFL: Totals", "MLB Games", "UFC: Who will win"]) {
    assert.ok(isContainer(day), day);
  }
  for (const question of ["NFL MVP", "NBA Champion", ""]) {
    assert.ok(!isContainer(question), question);
  }
});

Deno.test("kalshiSeries() parts an event ticker into its recurring part and its date", () => {
  const read = (ticker: string) => {
    const { key, date } = kalshiSeries(ticker);
    return [key, date];
  };
  assert.deepEqual(read("KXPAYROLLS-25AUG"), ["kxpayrolls", "25AUG"]);
  assert.deepEqual(read("KXNFLGAME-26SEP04DALTUL"), ["kxnflgame daltul", "26SEP04"]);
  assert.deepEqual(read("KXNASDAQ100Y-26JAN01H1000"), ["kxnasdaq100y", "26JAN01H1000"]);
  assert.deepEqual(read("KXPGATOUR-BC25"), ["kxpgatour bc", "25"]);
  assert.deepEqual(read("kxfeddecision-25mar19"), ["kxfeddecision", "25mar19"]);
  assert.deepEqual(read("CONTROLH-2026"), ["controlh", "2026"]);
  assert.deepEqual(read("FEDHIKE"), ["fedhike", null]);
});
