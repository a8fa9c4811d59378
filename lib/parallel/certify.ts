import type { BasketReplay } from "../backtest/basket_replay.ts";
import {
  type CertificateCheck,
  certificateCheck,
  decisionDifference,
  type Difference,
  seriesDifference,
} from "../backtest/certificate.ts";
import type { ScheduledDate } from "../baskets/schedule.ts";
import type { DataSet } from "../core/data_set.ts";
import {
  type BasketValue,
  type certifyCut as certifyCutTask,
  type certifyPlant as certifyPlantTask,
  type CutJob,
  namedDecisions,
} from "../decide/certify_cut.ts";
import type { DatedDecisions } from "../decide/decide_at.ts";
import type { DecideConfig } from "../decide/decide_tools.ts";
import { type Plant, PLANTS } from "../decide/planted_view.ts";
import type { MethodJob } from "../decide/replay_method.ts";
import { parallelMap, type ParallelOptions } from "./parallel_map.ts";
import { decideInParallel } from "./replay.ts";

/** What is certified, and how thoroughly. */
export interface CertificateJob {
  /** All scheduled decisions on the whole data, by day. */
  readonly decisions: readonly DatedDecisions[];
  /** The method whose value is compared, and its baskets as they were replayed in cash. */
  readonly replay: MethodJob;
  readonly replays: readonly BasketReplay[];
  readonly config: DecideConfig;
  /** Scheduled dates at which the data is cut. */
  readonly cuts: readonly ScheduledDate[];
  /** The same universe, read in another order. */
  readonly reordered: DataSet;
  readonly seed: number;
}

const MODULE = new URL("../decide/certify_cut.ts", import.meta.url).href;
/** Decisions of a round at which each look-ahead is planted; one that is found suffices. */
const N_PLANTED = 2;
/** Rounds for a look-ahead that changed no decision in those before: some sources give it no hold. */
const N_ROUNDS = 3;

/** Emergencies at which the replay is cut as well. */
const N_EMERGENCIES = 4;
/** Decisions that are made again on rows in another order. */
const N_ORDERS = 3;

/**
 * Whether anything that was decided or earned up to a day depends on what came after it.
 *
 * What comes after a day is once dropped and once replaced by garbage. All methods decide again on
 * data that ends with the day of the decision, so that a single day ahead is seen; one method with all
 * its baskets is replayed on data that ends with a trade date, scheduled or of an emergency. The rows
 * are read in another order. And look-aheads are planted that the same comparison must find: a
 * certificate that never fails proves nothing.
 *
 * A look-ahead that changes no decision of this source cannot be found and is said to be idle. Without
 * a cut nothing is checked.
 *
 * @returns Cuts first, then garbage, the order of arrival, and the planted ones.
 */
export async function lookAheadCertificate(
  data: DataSet,
  job: CertificateJob,
  parallel: ParallelOptions = {},
): Promise<CertificateCheck[]> {
  if (job.cuts.length === 0) return [];
  return [
    ...await cutChecks(data, job, parallel),
    ...await orderChecks(job, parallel),
    ...await plantChecks(data, job, parallel),
  ];
}

async function cutChecks(
  data: DataSet,
  { decisions, replay, replays, config, cuts, seed }: CertificateJob,
  parallel: ParallelOptions,
): Promise<CertificateCheck[]> {
  const jobOf = (decisionDay: number | null, replayDay: number): CutJob => ({
    ...{ decisionDay, replayDay, config, seed },
    replay: { ...replay, dates: replay.dates.filter(({ day }) => day < replayDay) },
  });
  const jobs = [
    ...cuts.map(({ decidedOn, tradedOn }) => jobOf(decidedOn, tradedOn)),
    ...emergencyDates(replays).map((day) => jobOf(null, day)),
  ];
  const answers = await parallelMap<typeof certifyCutTask>(
    { module: MODULE, name: "certifyCut" },
    jobs.map((one) => [data, one]),
    parallel,
  );
  const kinds = [
    { kind: "truncated", name: "data dropped" },
    { kind: "poisoned", name: "garbage in its place" },
  ] as const;
  return kinds.flatMap(({ kind, name }) =>
    jobs.map(({ decisionDay, replayDay }, k) => {
      const { decisions: again, values } = answers[k]![kind];
      const before = decisions.filter(({ day }) => day === decisionDay);
      const at = decisionDay === null
        ? "after an emergency trade"
        : "after a decision and its trade";
      return certificateCheck({ kind, name: `${name} ${at}`, day: replayDay }, [
        decisionDifference(namedDecisions(before), again),
        ...valueDifferences(replays, values, replayDay),
      ]);
    })
  );
}

/** Every basket that began by the day, on both tracks. */
function valueDifferences(
  replays: readonly BasketReplay[],
  values: readonly BasketValue[],
  until: number,
): Difference[] {
  const again = new Map(values.map((one) => [one.basket, one]));
  return replays.filter(({ ledger }) => ledger.firstDay <= until).flatMap(({ basket, ledger }) => {
    const other = again.get(basket) ?? { firstDay: until + 1, nav: EMPTY, navGross: EMPTY };
    return (["nav", "navGross"] as const).map((track) =>
      seriesDifference(
        { firstDay: ledger.firstDay, nav: ledger[track] },
        { firstDay: other.firstDay, nav: other[track] },
        { name: `${track} of ${basket}`, until },
      )
    );
  });
}

const EMPTY = new Float64Array(0);

/** Trade dates of emergencies, spread over all of them. */
function emergencyDates(replays: readonly BasketReplay[]): number[] {
  const days = [
    ...new Set(
      replays.flatMap(({ ledger }) =>
        ledger.rebalances.filter(({ kind }) => kind === "emergency").map(({ date }) => date)
      ),
    ),
  ].sort((a, b) => a - b);
  const count = Math.min(N_EMERGENCIES, days.length);
  return Array.from(
    { length: count },
    (_, k) => days[Math.floor((k + 0.5) * days.length / count)]!,
  );
}

function isHolding({ methods }: DatedDecisions): boolean {
  return methods.some(({ baskets }) => baskets.some(({ status }) => status === "held"));
}

async function orderChecks(
  { decisions, config, reordered }: CertificateJob,
  parallel: ParallelOptions,
): Promise<CertificateCheck[]> {
  // nothing held is nothing to compare
  const last = decisions.filter(isHolding).slice(-N_ORDERS);
  const again = await decideInParallel(reordered, last.map(({ day }) => day), {
    ...{ config, ...parallel },
  });
  return last.map((one, k) =>
    certificateCheck(
      { kind: "permuted", name: "rows read in another order", day: one.day },
      [decisionDifference(namedDecisions([one]), namedDecisions([again[k]!]))],
    )
  );
}

async function plantChecks(
  data: DataSet,
  { decisions, config }: CertificateJob,
  parallel: ParallelOptions,
): Promise<CertificateCheck[]> {
  const held = decisions.filter(isHolding);
  // the last decision has too little future to look into
  const usable = held.slice(held.length >> 1, -1);
  if (usable.length === 0) return [];
  const checks = new Map<Plant, CertificateCheck>();
  for (let round = 0; round < N_ROUNDS; ++round) {
    const days = usable.filter((_, k) => k % N_ROUNDS === round).slice(0, N_PLANTED);
    const open = PLANTS.filter((plant) => checks.get(plant)?.isIdle ?? true);
    const jobs = open.flatMap((plant) => days.map((one) => ({ plant, day: one.day, config })));
    const answers = await parallelMap<typeof certifyPlantTask>(
      { module: MODULE, name: "certifyPlant" },
      jobs.map((one) => [data, one]),
      parallel,
    );
    for (const plant of open) {
      const own = jobs.flatMap((job, k) => job.plant === plant ? [{ job, ...answers[k]! }] : []);
      const honest = (day: number) => namedDecisions(usable.filter((one) => one.day === day));
      const isIdle = own.every(({ job, whole }) =>
        decisionDifference(honest(job.day), whole).nDifferent === 0
      );
      const day = own.at(-1)?.job.day ?? checks.get(plant)?.day ?? 0;
      checks.set(
        plant,
        certificateCheck(
          { kind: "planted", name: plant, day, isIdle },
          own.map(({ whole, cut }) => decisionDifference(whole, cut)),
        ),
      );
    }
  }
  return PLANTS.map((plant) => checks.get(plant)!);
}
