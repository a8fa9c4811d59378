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
import { PLANTS } from "../decide/planted_view.ts";
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
/** Decisions at which each look-ahead is planted; one that is found suffices. */
const N_PLANTED = 2;

/**
 * Whether anything that was decided or earned up to a day depends on what came after it.
 *
 * The data is cut after several days, once dropped and once replaced by garbage, and all methods
 * decide again before each cut; the value of one method is replayed up to it. The rows are read in
 * another order. And look-aheads are planted that the same comparison must find: a certificate that
 * never fails proves nothing.
 *
 * @returns Cuts first, then garbage, the order of arrival, and the planted ones.
 */
export async function lookAheadCertificate(
  data: DataSet,
  job: CertificateJob,
  parallel: ParallelOptions = {},
): Promise<CertificateCheck[]> {
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
  // the last decision has too little future to look into
  const usable = decisions.slice(decisions.length >> 1, -1);
  const step = Math.max(usable.length / N_PLANTED, 1);
  const days = Array.from(
    { length: Math.min(N_PLANTED, usable.length) },
    (_, k) => usable[Math.floor(k * step)]!.day,
  );
  const hasVolume = data.activity.volumeUsd.some((volume) => volume > 0);
  const plants = PLANTS.filter((plant) => plant !== "final volume" || hasVolume);
  const jobs = plants.flatMap((plant) => days.map((day) => ({ plant, day, config })));
  const answers = await parallelMap<typeof certifyPlantTask>(
    { module: MODULE, name: "certifyPlant" },
    jobs.map((one) => [data, one]),
    parallel,
  );
  return plants.map((plant) => {
    const own = jobs.flatMap((one, k) => one.plant === plant ? [answers[k]!] : []);
    return certificateCheck(
      { kind: "planted", name: plant, day: days.at(-1) ?? 0 },
      own.map(({ whole, cut }) => decisionDifference(whole, cut)),
    );
  });
}
