import type { BasketReplay } from "../backtest/basket_replay.ts";
import type { Finding } from "../core/finding_list.ts";
import { markdownLiteral } from "../core/markdown_literal.ts";
import { countOf, countText, dayText, shareText } from "../core/number_text.ts";
import type { Settings } from "../core/settings.ts";
import { correctionText } from "../taxonomy/correction_text.ts";
import type { Corrections } from "../taxonomy/corrections.ts";
import type { MethodStudy } from "./method_study.ts";
import { points } from "./return_text.ts";

/** What a reader must know before believing a replay. */
export interface CaveatInputs {
  /** The shown method's baskets under the default policy, without the sleeve. */
  readonly baskets: readonly BasketReplay[];
  /** Title of a contract. Untrusted. */
  readonly titleOf: (marketId: string) => string;
  /** Whether the source has bids and asks. */
  readonly isQuoted: boolean;
  /** What people signed before the first decision. */
  readonly corrections: Corrections;
}

/** Contracts that are named as what a result hangs on. */
const N_TOP = 2;

/**
 * What people changed with the history in view, what the result hangs on, what of it are jumps, which prices
 * had stopped, what was forced.
 */
export function caveatLines(
  own: MethodStudy,
  inputs: CaveatInputs,
  settings: Settings,
): Finding[] {
  return [
    ...hindsightLines(inputs).map((line): Finding => [line, "04_corrections"]),
    [topLine(own, inputs), "05_attribution"],
    [resolutionLine(own), "05_attribution"],
    [staleLine(own, inputs, settings), "05_nav"],
    [emergencyLine(inputs), "05_rebalances"],
  ];
}

function hindsightLines({ corrections }: CaveatInputs): string[] {
  const { themes, sides, excluded, rejectedTwins } = corrections;
  const text = correctionText({ themes, sides, excluded: new Map(), rejectedTwins });
  const nExcluded = excluded.size;
  const parts = [
    ...nExcluded === 0 ? [] : [
      `${countOf(nExcluded, "contract")} ${nExcluded === 1 ? "is" : "are"} excluded by a person, ` +
      `who knew ${nExcluded === 1 ? "its" : "their"} history: what that changes is hindsight.`,
    ],
    ...text === "" ? [] : [`${text} That is read from words, yet by who could see all prices.`],
  ];
  return parts.length === 0 ? [] : [`**Signed by people.** ${parts.join(" ")}`];
}

function topLine(
  { method, replay: { ledger }, grossPoints }: MethodStudy,
  { titleOf }: CaveatInputs,
): string {
  const gains = ledger.contributions
    .map(({ marketId, side, drift, resolution }) => ({ marketId, side, gain: drift + resolution }))
    .sort((a, b) => b.gain - a.gain || (a.marketId < b.marketId ? -1 : 1));
  const top = gains.slice(0, N_TOP);
  const sum = top.reduce((total, { gain }) => total + gain, 0);
  const named = top.map(({ marketId, side, gain }) =>
    `${side.toUpperCase()} of “${markdownLiteral(titleOf(marketId))}” (${points(gain)})`
  ).join(" and ");
  return `**What it hangs on.** Of ${countOf(gains.length, "contract")} that ${method.name} ` +
    `held, ${named} added most. Without these ${countText(top.length)} the change before costs, ` +
    `in points of the net value, would be ${points(grossPoints - sum)} in place of ${
      points(grossPoints)
    }.`;
}

function resolutionLine({ method, grossPoints, resolutionPoints }: MethodStudy): string {
  const isPart = resolutionPoints * grossPoints > 0 &&
    Math.abs(resolutionPoints) < Math.abs(grossPoints);
  return `**Resolution jumps.** Of ${method.name}'s change of ${points(grossPoints)} points ` +
    `before costs, ${points(resolutionPoints)} came on the days on which contracts were settled ` +
    `and ${points(grossPoints - resolutionPoints)} from prices before them${
      isPart ? `: ${shareText(resolutionPoints / grossPoints)} of it is jumps` : ""
    }.`;
}

function staleLine(
  { method, replay: { ledger } }: MethodStudy,
  { baskets }: CaveatInputs,
  settings: Settings,
): string {
  const limit = countOf(settings.baskets.max_price_age_days.value, "day");
  const share = ledger.staleShare.at(-1)!;
  if (share === 0) {
    return `**Stopped prices.** At the end no part of ${method.name} is marked at a close older ` +
      `than ${limit}.`;
  }
  const worst =
    baskets.map(({ name, ledger: own }) => ({ name, share: own.staleShare.at(-1) ?? 0 }))
      .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))[0];
  const most = worst === undefined || worst.share === 0
    ? ""
    : `; most of all ${markdownLiteral(worst.name)} with ${shareText(worst.share)}`;
  const lastDay = ledger.firstDay + ledger.nav.length - 1;
  return `**Stopped prices.** At the end, on ${dayText(lastDay)}, ${shareText(share)} of ` +
    `${method.name} is marked at closes older than ${limit}, the oldest ${
      countOf(ledger.oldestMark.at(-1)!, "day")
    }${most}. What cannot be traded is carried, beyond its limit if need be.`;
}

function emergencyLine({ baskets }: CaveatInputs): string {
  const made = baskets.reduce(
    (sum, { ledger }) => sum + ledger.rebalances.filter(({ kind }) => kind === "emergency").length,
    0,
  );
  const refused = baskets.reduce((sum, { ledger }) => sum + ledger.refusals.length, 0);
  if (made + refused === 0) {
    return "**Emergencies.** Settlements left no basket with too few contracts between two dates.";
  }
  return `**Emergencies.** Settlements left a basket with too few contracts ${
    countOf(made + refused, "time")
  } between two dates; filled up the day after: ${countText(made)}; kept as it was, since there ` +
    `were too few contracts to choose from: ${countText(refused)}.`;
}
