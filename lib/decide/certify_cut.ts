import type { Ledger } from "../backtest/ledger.ts";
import { poisonedAfter } from "../backtest/future_poison.ts";
import type { DataSet } from "../core/data_set.ts";
import { dayEndMs } from "../core/day.ts";
import { randomStream } from "../core/random.ts";
import { asOf } from "../universe/as_of.ts";
import type { NamedDecision } from "../backtest/certificate.ts";
import type { DatedDecisions } from "./decide_at.ts";
import { decideDates } from "./decide_dates.ts";
import { type DecideConfig, decideTools } from "./decide_tools.ts";
import type { Plant } from "./planted_view.ts";
import { type MethodJob, replayMethod } from "./replay_method.ts";

/** One cut of the data: everything after a day dropped, and replaced by garbage. */
export interface CutJob {
  /** Day at whose end is decided again, and the last that the decision has; `null` for none. */
  readonly decisionDay: number | null;
  /** Last day of the replay, and the last that it has: a trade date. */
  readonly replayDay: number;
  /** A method to replay again, with its decisions before that day. */
  readonly replay: MethodJob;
  readonly config: DecideConfig;
  readonly seed: number;
}

/** What is decided and earned on cut data. */
export interface CutAnswer {
  readonly decisions: readonly NamedDecision[];
  /** Every basket under the default policy. */
  readonly values: readonly BasketValue[];
}

/** The value of one basket up to a cut. */
export interface BasketValue extends Pick<Ledger, "firstDay" | "nav" | "navGross"> {
  readonly basket: string;
}

/** Decides and replays on cut data, in both ways. For workers. */
export function certifyCut(
  data: DataSet,
  { decisionDay, replayDay, replay, config, seed }: CutJob,
): { readonly truncated: CutAnswer; readonly poisoned: CutAnswer } {
  const tools = decideTools(config);
  const { themes } = replay.costs;
  const themeOf = new Map(data.markets.map(({ marketId }, j) => [marketId, themes[j]!]));
  const answer = (cutAfter: (day: number) => DataSet): CutAnswer => {
    const decided = decisionDay === null
      ? []
      : decideDates(cutAfter(decisionDay), [decisionDay], { config, tools });
    const cut = cutAfter(replayDay);
    const values = replayMethod(cut, {
      ...{ ...replay, policies: ["cash"] },
      costs: {
        ...replay.costs,
        themes: cut.markets.map(({ marketId }) => themeOf.get(marketId) ?? null),
      },
    }).map(({ basket, ledger: { firstDay, nav, navGross } }): BasketValue => ({
      ...{ basket, firstDay, nav, navGross },
    }));
    return { decisions: namedDecisions(decided), values };
  };
  return {
    truncated: answer((day) => asOf(data, dayEndMs(day))),
    poisoned: answer((day) => poisonedAfter(data, day, randomStream(seed, `poison after ${day}`))),
  };
}

/** Every basket of every method under its name. */
export function namedDecisions(decisions: readonly DatedDecisions[]): NamedDecision[] {
  return decisions.flatMap(({ methods }) =>
    methods.flatMap(({ method, baskets }) => baskets.map((decision) => ({ method, decision })))
  );
}

/** Decisions with a look-ahead planted: on the whole data, and on data that ends on their day. */
export function certifyPlant(
  data: DataSet,
  { plant, day, config }: {
    readonly plant: Plant;
    readonly day: number;
    readonly config: DecideConfig;
  },
): { readonly whole: readonly NamedDecision[]; readonly cut: readonly NamedDecision[] } {
  const decided = (from: DataSet) => namedDecisions(decideDates(from, [day], { config, plant }));
  return { whole: decided(data), cut: decided(asOf(data, dayEndMs(day))) };
}
