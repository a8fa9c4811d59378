import type { DataSet } from "../core/data_set.ts";
import { dayEndMs } from "../core/day.ts";
import { asOf } from "../universe/as_of.ts";
import { type DatedDecisions, decideAt } from "./decide_at.ts";
import { type DecideConfig, type DecideTools, decideTools } from "./decide_tools.ts";
import { type Plant, plantedView } from "./planted_view.ts";

/**
 * The decisions of all methods on some days, each from its own point-in-time view.
 *
 * @param data The whole universe; what is after a day does not reach its decision.
 * @param days Days at whose ends is decided, in any order.
 * @param options.plant A look-ahead that is planted, for the certificate.
 * @param options.tools Tools of the same configuration that remember words read before.
 * @returns In the order of the days.
 */
export function decideDates(
  data: DataSet,
  days: readonly number[],
  { config, plant, tools = decideTools(config) }: {
    readonly config: DecideConfig;
    readonly plant?: Plant;
    readonly tools?: DecideTools;
  },
): DatedDecisions[] {
  return days.map((day) => {
    if (plant === undefined) return decideAt(asOf(data, dayEndMs(day)), { day, tools });
    const { view, riskView, riskDay, loadingsView, loadingsDay } = plantedView(data, day, plant);
    return decideAt(view, {
      ...{ day, tools, risk: { view: riskView, day: riskDay } },
      loadings: { view: loadingsView, day: loadingsDay },
    });
  });
}
