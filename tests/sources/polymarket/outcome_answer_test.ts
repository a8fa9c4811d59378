import assert from "node:assert/strict";
import fc from "fast-check";
import { readClobMarket, readResolutions } from "lib/sources/polymarket/outcome_answer.ts";
import { answerTo, utc } from "./history_fixture.ts";

const A = `0x${"a".repeat(64)}`;
const B = `0x${"b".repeat(64)}`;
const CLOSED = utc("2026-11-10T10:00:00Z");

function resolutions(data: unknown, conditions = [A, B], subject = "poly:1,poly:2") {
  const path = `/v2/resolutions?condition=${conditions.join(",")}`;
  return answerTo({ kind: "data_resolutions", path, subject }, { data });
}

function resolved(changes: Record<string, unknown> = {}) {
  return {
    condition_id: A,
    status: "resolved",
    payouts: [1_000_000, 0],
    resolved_at: "2026-11-12T08:30:00Z",
    reporter: "UMA_OO",
    ...changes,
  };
}

function clobMarket(changes: Record<string, unknown> = {}) {
  return answerTo(
    { kind: "clob_market", host: "clob", path: `/markets/${A}`, subject: `poly:1,897,${CLOSED}` },
    {
      active: true,
      closed: true,
      condition_id: A,
      is_50_50_outcome: false,
      tokens: [
        { outcome: "Yes", price: 0, token_id: "108", winner: false },
        { outcome: "No", price: 1, token_id: "897", winner: true },
      ],
      ...changes,
    },
  );
}

function outcome(payout: number, resolvedAtMs: number, subject = "poly:1") {
  return { kind: "outcome", subject, resolvedAtMs, payout, source: "oracle" };
}

Deno.test("readResolutions() reads payouts of the first outcome in millionths of a dollar", () => {
  const rows = [
    resolved({ condition_id: B.toUpperCase().replace("X", "x"), payouts: [250_000, 750_000] }),
    resolved(),
  ];
  assert.deepEqual(readResolutions(resolutions(rows)), {
    oddities: [],
    facts: [
      outcome(1, utc("2026-11-12T08:30:00Z")),
      outcome(0.25, utc("2026-11-12T08:30:00Z"), "poly:2"),
    ],
  });
});

Deno.test("readResolutions() reads instants with fractions and offsets", () => {
  const rows = [resolved({ resolved_at: "2026-11-12T10:30:00.250000+02:00" })];
  assert.deepEqual(readResolutions(resolutions(rows)).facts, [
    outcome(1, utc("2026-11-12T08:30:00.250Z")),
  ]);
});

Deno.test("readResolutions() says nothing of records that are not resolved", () => {
  const rows = [
    "initialized",
    "posed",
    "proposed",
    "challenged",
    "reproposed",
    "disputed",
    "active",
  ]
    .map((status) => resolved({ status, payouts: undefined, resolved_at: "" }));
  assert.deepEqual(readResolutions(resolutions(rows)), { facts: [], oddities: [] });
  assert.deepEqual(readResolutions(resolutions(null)), { facts: [], oddities: [] });
});

Deno.test("readResolutions() takes thirds whose rounded payouts lack a millionth", () => {
  for (const payouts of [[333_333, 666_666], [333_334, 666_667]]) {
    const { facts, oddities } = readResolutions(resolutions([resolved({ payouts })]));
    assert.deepEqual(oddities, []);
    assert.deepEqual(facts, [outcome(payouts[0]! / 1e6, utc("2026-11-12T08:30:00Z"))]);
  }
});

Deno.test("readResolutions() takes the only record without a condition id where one was asked for", () => {
  const row = resolved({ condition_id: undefined });
  assert.equal(readResolutions(resolutions([row], [A], "poly:1")).facts.length, 1);
  assert.deepEqual(
    readResolutions(resolutions([row])).oddities.map(({ column, value }) => [
      column,
      value,
    ]),
    [["condition_id", "nothing"]],
  );
});

Deno.test("readResolutions() keeps the later of two records that agree, and neither that differ", () => {
  const later = resolved({ resolved_at: "2026-11-13T00:00:00Z" });
  const other = resolved({ payouts: [0, 1_000_000] });
  for (const rows of [[resolved(), later], [later, resolved()]]) {
    assert.deepEqual(readResolutions(resolutions(rows)), {
      facts: [outcome(1, utc("2026-11-13"))],
      oddities: [],
    });
  }
  for (const rows of [[resolved(), other], [other, resolved(), other]]) {
    const { facts, oddities } = readResolutions(resolutions(rows));
    assert.deepEqual(facts, []);
    assert.equal(oddities[0]!.reason, "another payout of the contract; neither is taken");
  }
});

Deno.test("readResolutions() refuses faulty records one by one", () => {
  const { facts, oddities } = readResolutions(resolutions([
    resolved({ payouts: [1_000_000, 1_000_000] }),
    resolved({ payouts: [333_333, 666_665] }),
    resolved({ payouts: [0, 0] }),
    resolved({ payouts: [0.5, 0.5] }),
    resolved({ payouts: [1_000_000] }),
    resolved({ payouts: "1000000" }),
    resolved({ payouts: undefined }),
    resolved({ resolved_at: "1970-01-01T00:00:00Z" }),
    resolved({ resolved_at: "2026-11-12" }),
    resolved({ resolved_at: 1_794_900_000 }),
    resolved({ status: "celebrated" }),
    resolved({ condition_id: `0x${"c".repeat(64)}` }),
    resolved({ condition_id: B }),
  ]));
  assert.deepEqual(facts.map(({ subject }) => subject), ["poly:2"]);
  assert.deepEqual(oddities.map(({ row, column, value }) => [row, column, value]), [
    [10, "status", "celebrated"],
    [0, "payouts", "1000000, 1000000"],
    [1, "payouts", "333333, 666665"],
    [2, "payouts", "0, 0"],
    [3, "payouts", "0.5, 0.5"],
    [4, "payouts", "1000000"],
    [5, "payouts", "1000000"],
    [6, "payouts", "nothing"],
    [7, "resolved_at", "1970-01-01T00:00:00Z"],
    [8, "resolved_at", "2026-11-12"],
    [9, "resolved_at", "1794900000"],
    [11, "condition_id", `0x${"c".repeat(64)}`],
  ]);
});

Deno.test("readClobMarket() finds the quoted token by its id", () => {
  assert.deepEqual(readClobMarket(clobMarket()), { facts: [outcome(1, CLOSED)], oddities: [] });
  const tokens = [{ token_id: "897", winner: false }, { token_id: "108", winner: true }];
  assert.deepEqual(readClobMarket(clobMarket({ tokens })).facts, [outcome(0, CLOSED)]);
});

Deno.test("readClobMarket() reads a contract that was split in halves", () => {
  const tokens = [{ token_id: "897", winner: false }, { token_id: "108", winner: false }];
  const split = clobMarket({ is_50_50_outcome: true, tokens });
  assert.deepEqual(readClobMarket(split).facts, [outcome(0.5, CLOSED)]);
  const priced = (price: number) =>
    clobMarket({ is_50_50_outcome: true, tokens: tokens.map((one) => ({ ...one, price })) });
  assert.deepEqual(readClobMarket(priced(0.5)).facts, [outcome(0.5, CLOSED)]);
  const { facts, oddities: [odd] } = readClobMarket(priced(0.48));
  assert.deepEqual([facts, odd?.value, odd?.reason], [
    [],
    "0.48",
    "a price of a contract that was split in halves",
  ]);
});

Deno.test("readClobMarket() says nothing before a contract is settled", () => {
  const tokens = [{ token_id: "897", winner: false }, { token_id: "108", winner: false }];
  const missing = { ...clobMarket(), value: undefined, status: 404 };
  const minted = clobMarket({ closed: false, tokens: [{ token_id: "", winner: false }] });
  for (const answer of [clobMarket({ closed: false }), clobMarket({ tokens }), missing, minted]) {
    assert.deepEqual(readClobMarket(answer), { facts: [], oddities: [] });
  }
});

Deno.test("readClobMarket() refuses two winners, a winner of a split, and other tokens", () => {
  const both = [{ token_id: "897", winner: true }, { token_id: "108", winner: true }];
  const others = [{ token_id: "1", winner: true }, { token_id: "2", winner: false }];
  const readings = [
    clobMarket({ tokens: both }),
    clobMarket({ is_50_50_outcome: true }),
    clobMarket({ tokens: others }),
    clobMarket({ closed: "yes" }),
  ].map(readClobMarket);
  assert.deepEqual(readings.map(({ facts, oddities: [one] }) => [facts, one!.column, one!.value]), [
    [[], "tokens", "2 winners, split in halves: false"],
    [[], "tokens", "1 winners, split in halves: true"],
    [[], "tokens", "1, 2"],
    [[], "closed", "yes"],
  ]);
});

Deno.test("readResolutions() and readClobMarket() take any JSON", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (rows, anything) => {
      assert.equal(readResolutions(resolutions(rows)).oddities.length, rows.length);
      const odd = readResolutions(resolutions([resolved({ payouts: anything })]));
      assert.deepEqual([odd.facts.length, odd.oddities.length], [0, 1]);
      assert.deepEqual(readClobMarket(clobMarket({ tokens: anything })).facts, []);
    }),
    { seed: 8 },
  );
});

Deno.test("readResolutions() and readClobMarket() throw for what is no page", () => {
  assert.throws(() => readResolutions({ ...resolutions([]), value: [] }), {
    name: "TypeError",
    message: "Cannot read polymarket /v2/resolutions as it must be {data: […]}: got an array of 0",
  });
  assert.throws(() => readResolutions({ ...resolutions([]), value: undefined, status: 404 }), {
    name: "TypeError",
    message: "Cannot read polymarket /v2/resolutions as it must be a page: got 404",
  });
  assert.throws(() => readClobMarket({ ...clobMarket(), value: "OK" }), {
    name: "TypeError",
    message: 'Cannot read polymarket /markets/{condition_id} as it must be a record: got "OK"',
  });
});
