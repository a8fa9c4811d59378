import assert from "node:assert/strict";
import { certificateLine, certificateTable } from "lib/backtest/certificate.ts";
import { formatDay } from "lib/core/day.ts";
import { spreadDates } from "lib/baskets/schedule.ts";
import { randomStream } from "lib/core/random.ts";
import { decideDates } from "lib/decide/decide_dates.ts";
import { SLEEVE } from "lib/decide/method_list.ts";
import { PLANTS } from "lib/decide/planted_view.ts";
import { methodJobs, replayData } from "lib/decide/replay_jobs.ts";
import { replayMethod } from "lib/decide/replay_method.ts";
import { type CertificateJob, lookAheadCertificate } from "lib/parallel/certify.ts";
import { reordered } from "lib/sources/local/reordered.ts";
import { selectMarkets } from "lib/universe/select_markets.ts";
import { FEW } from "../decide/analysed.ts";
import { configWith, decisionDays, listedCosts, simulated } from "../decide/replayed.ts";

const { data: WHOLE } = simulated("default", "full", 7);
// two of five contracts: enough to hold, and read in less time
const DATA = selectMarkets(WHOLE, [...WHOLE.markets.keys()].filter((j) => j % 5 < 2));
// few contracts make few clusters of loadings that are large enough to hold
const CONFIG = configWith({ ...FEW, factors: { seed_clusters: 3 } }), SERIAL = { workers: 0 };
const DATES = decisionDays(WHOLE, 4).slice(1, 5)
  .map((decidedOn) => ({ decidedOn, tradedOn: decidedOn + 1 }));
const DECISIONS = decideDates(DATA, DATES.map(({ decidedOn }) => decidedOn), { config: CONFIG });
const REPLAY = methodJobs(DECISIONS, { config: CONFIG, costs: listedCosts(DATA) })
  .find(({ method }) => method === "hybrid_risk")!;
const JOB: CertificateJob = {
  ...{ decisions: DECISIONS, replay: REPLAY, config: CONFIG, seed: 7 },
  replays: replayMethod(replayData(DATA), { ...REPLAY, policies: ["cash"] }),
  cuts: spreadDates(DATES, 2),
  reordered: reordered(DATA, randomStream(7, "order of arrival")),
};
const HONEST = await lookAheadCertificate(DATA, JOB, SERIAL);

Deno.test("lookAheadCertificate() passes the honest code and finds every planted look-ahead", () => {
  for (const { kind, name, isPassed, isIdle, nCompared, detail } of HONEST) {
    assert.ok(isPassed && !isIdle && nCompared > 10, `${kind} ${name}: ${detail}`);
  }
  const names = (kind: string) => HONEST.filter((one) => one.kind === kind).map(({ name }) => name);
  assert.deepEqual(names("planted"), [...PLANTS]);
  assert.ok(names("truncated").some((name) => name.endsWith("after an emergency trade")));
  assert.equal(names("truncated").length, names("poisoned").length);
  assert.ok(names("permuted").length > 0);
  assert.match(certificateLine(HONEST), /^\*\*No look-ahead found\.\*\* .* 5 of 5 planted/);
  assert.equal(certificateTable(HONEST).nRows, HONEST.length);
});

Deno.test("lookAheadCertificate() refuses what differs in the last bit, each in its own check", async () => {
  const [first, last] = JOB.cuts as [typeof JOB.cuts[0], typeof JOB.cuts[0]];
  const ulp = (x: number) => x * (1 + 2 ** -52);
  const decisions = DECISIONS.map((one) =>
    one.day !== first.decidedOn ? one : {
      ...one,
      methods: one.methods.map((method, m) =>
        m !== 1 ? method : {
          ...method,
          baskets: method.baskets.map((basket) => ({
            ...basket,
            targets: basket.targets.map((target) => ({ ...target, weight: ulp(target.weight) })),
          })),
        }
      ),
    }
  );
  // one value of the sleeve, on the day of the last cut's trade
  const replays = JOB.replays.map((one) => {
    if (one.basket !== SLEEVE) return one;
    const navGross = one.ledger.navGross.slice(), t = last.tradedOn - one.ledger.firstDay;
    navGross[t] = ulp(navGross[t]!);
    return { ...one, ledger: { ...one.ledger, navGross } };
  });
  const [held] = DECISIONS.at(-1)!.offered;
  const late = {
    ...JOB.reordered,
    markets: JOB.reordered.markets.map((one) =>
      one.marketId === held!.marketId ? { ...one, closesAtMs: 0 } : one
    ),
  };
  const checks = await lookAheadCertificate(
    DATA,
    { ...JOB, decisions, replays, reordered: late },
    SERIAL,
  );
  for (const kind of ["truncated", "poisoned"] as const) {
    const own = checks.filter((one) => one.kind === kind);
    const at = (day: number) => own.find((one) => one.day === day)!;
    assert.ok(!at(first.tradedOn).isPassed && !at(last.tradedOn).isPassed);
    assert.match(
      at(first.tradedOn).detail,
      new RegExp(`^words_equal .* ${formatDay(first.decidedOn)} `),
    );
    assert.match(at(last.tradedOn).detail, /^navGross of all on \d{4}-/);
    assert.equal(at(last.tradedOn).nDifferent, 1);
    // later cuts replay that day as well
    for (const { day, isPassed, name } of own) {
      assert.equal(isPassed, day !== first.tradedOn && day < last.tradedOn, `${name} ${day}`);
    }
  }
  const orders = checks.filter(({ kind }) => kind === "permuted");
  assert.equal(orders.at(-1)!.isPassed, false);
  assert.match(certificateLine(checks), /^\*\*The certificate is refused\.\*\*/);
});

Deno.test("lookAheadCertificate() without a cut checks nothing and says so", async () => {
  const checks = await lookAheadCertificate(DATA, { ...JOB, cuts: [] }, SERIAL);
  assert.deepEqual(checks, []);
  assert.match(certificateLine(checks), /^\*\*Nothing to certify\.\*\*/);
});
