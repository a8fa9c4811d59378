import type { BasketReplay } from "../backtest/basket_replay.ts";
import {
  type CertificateCheck,
  certificateCheck,
  decisionDifference,
  type Difference,
  seriesDifference,
} from "../backtest/certificate.ts";
import type { DataSet } from "../core/data_set.ts";
import {
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
  /** The method whose value is compared, and its sleeve as it was replayed. */
  readonly replay: MethodJob;
  readonly sleeve: BasketReplay;
  readonly config: DecideConfig;
  /** Days after which the data is cut. */
  readonly cutDays: readonly number[];
  /** Decisions that are made again before each cut. */
  readonly nDecisions: number;
  /** The same universe, read in another order. */
  readonly reordered: DataSet;
  readonly seed: number;
}

const MODULE = new URL("../decide/certify_cut.ts", import.meta.url).href;
/** Decisions of a round at which each look-ahead is planted; one that is found suffices. */
const N_PLANTED = 2;
/** Rounds for a look-ahead that changed no decision in those before: some sources give it no hold. */
const N_ROUNDS = 3;

/**
 * Whether anything that was decided or earned up to a day depends on what came after it.
 *
 * The data is cut after several days, once dropped and once replaced by garbage, and all methods
 * decide again before each cut; the value of one method is replayed up to it. The rows are read in
 * another order. And look-aheads are planted that the same comparison must find: a certificate that
 * never fails proves nothing.
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
  if (job.cutDays.length === 0) return [];
  return [
    ...await cutChecks(data, job, parallel),
    ...await orderChecks(job, parallel),
    ...await plantChecks(data, job, parallel),
  ];
}

async function cutChecks(
  data: DataSet,
  { decisions, replay, sleeve, config, cutDays, nDecisions, seed }: CertificateJob,
  parallel: ParallelOptions,
): Promise<CertificateCheck[]> {
  const jobs = cutDays.map((day): CutJob => ({
    ...{ day, config, seed },
    decisionDays: decisions.map((one) => one.day).filter((one) => one <= day).slice(-nDecisions),
    replay: { ...replay, dates: replay.dates.filter((one) => one.day <= day) },
  }));
  const answers = await parallelMap<typeof certifyCutTask>(
    { module: MODULE, name: "certifyCut" },
    jobs.map((one) => [data, one]),
    parallel,
  );
  const kinds = [
    { kind: "truncated", name: "data dropped after the day" },
    { kind: "poisoned", name: "garbage after the day" },
  ] as const;
  return kinds.flatMap(({ kind, name }) =>
    jobs.map(({ day, decisionDays }, k) => {
      const { decisions: again, ledger } = answers[k]![kind];
      const before = decisions.filter((one) => decisionDays.includes(one.day));
      const value = (track: "nav" | "navGross"): Difference =>
        seriesDifference(
          { firstDay: sleeve.ledger.firstDay, nav: sleeve.ledger[track] },
          { firstDay: ledger.firstDay, nav: ledger[track] },
          { name: track, until: day },
        );
      return certificateCheck({ kind, name, day }, [
        decisionDifference(namedDecisions(before), again),
        // a sleeve that begins after the cut has no value to compare
        ...sleeve.ledger.firstDay > day ? [] : [value("nav"), value("navGross")],
      ]);
    })
  );
}

async function orderChecks(
  { decisions, config, reordered, nDecisions }: CertificateJob,
  parallel: ParallelOptions,
): Promise<CertificateCheck[]> {
  const last = decisions.slice(-nDecisions);
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
  const held = decisions.filter(({ offered }) => offered.length > 0);
  // the last decision has too little future to look into
  const usable = held.slice(held.length >> 1, -1);
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
