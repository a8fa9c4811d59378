import { countOf, countText } from "../core/number_text.ts";
import type { ClusteredRatio } from "./clustered_ratio.ts";
import type { ContractDrift, DriftRow } from "./contract_drift.ts";
import { SEASONED } from "./drift_bins.ts";
import type { DriftSample } from "./drift_steps.ts";
import type { LongshotBin, LongshotCurve } from "./longshot_curve.ts";

/** Share of discoveries that may be false. */
const FALSE_SHARE = 0.05;

/**
 * What notebook 06 says of time decay and of long shots, as a Markdown list: every number and verdict is
 * computed, and each line ends in the checkpoint that it stands in.
 *
 * NaN: what is not measured or not estimable is said in words.
 */
export function driftFindings(drift: ContractDrift, curves: readonly LongshotCurve[]): string {
  const lines = drift.rows.length === 0
    ? ["**Time decay.** No contract has two prices, so no drift can be measured. (`06_drift`)"]
    : [decayLine(drift), binLine(drift)];
  return [...lines, longshotLine(curves)].map((line) => `- ${line}`).join("\n");
}

function decayLine(drift: ContractDrift): string {
  const all = rowOf(drift, "all", SEASONED);
  const first = rowOf(drift, "all", "first day"), whole = rowOf(drift, "all", "everything");
  if (all === undefined || first === undefined || whole === undefined) {
    return "**Time decay.** No contract was quoted for more than a week, so drift is not measured. " +
      "(`06_drift`)";
  }
  const verdict = Number.isNaN(all.drift.low)
    ? "Not estimable"
    : !isApart(all.drift)
    ? "None to be seen"
    : all.drift.value < 0
    ? "Yes, down"
    : "No, prices rise";
  const contracts = countOf(all.nContracts, "contract"), events = countOf(all.nEvents, "event");
  return [
    `**Does time decay exist?** ${verdict}: held from a week after listing to the settlement,`,
    `${contracts} of ${events} (as good as ${
      countText(all.drift.effectiveClusters)
    } of equal size)`,
    `drift by ${points(all.drift)} a day: prices alone ${signed(all.pricePart)}, payouts`,
    `${signed(all.settlementPart)}. From then to the end a contract earns ${points(all.stay)}.`,
    activeSentence(drift, all),
    `On its first day a contract moves by ${
      points(first.drift)
    }; with the first week everything drifts`,
    `by ${points(whole.drift)} a day. ${countOf(all.nOpen, "contract")} still open and`,
    `${countText(all.nLost)} lost from sight count at their last price. (\`06_drift\`)`,
  ].join(" ");
}

function activeSentence(drift: ContractDrift, all: DriftRow): string {
  const active = rowOf(drift, "active only", SEASONED);
  if (active === undefined) return "None is still quoted on the last day.";
  const reason = isApart(active.drift) && !isApart(all.drift)
    ? ": such a sample has lost the contracts that were settled, and with them their payouts"
    : "";
  const n = countText(active.nContracts);
  return `Those ${n} still quoted on the last day alone drift by ${points(active.drift)}${reason}.`;
}

function binLine(drift: ContractDrift): string {
  const all = judged(drift, "all"), active = judged(drift, "active only");
  const named = all.found.slice(0, 3)
    .map((row) => `${byWords(row)} ${row.bin} ${points(row.drift)}`).join("; ");
  const nFound = countText(all.found.length), verb = all.found.length === 1 ? "drifts" : "drift";
  const bins = countOf(all.rows.length, "bin");
  const sameDay = drift.rows.filter(({ sample, by }) =>
    sample === "all" && by === "price_same_day"
  );
  const nFooled = countText(sameDay.filter(({ drift }) => drift.pValue <= FALSE_SHARE).length);
  const nActive = `${countText(active.found.length)} of ${countText(active.rows.length)}`;
  return [
    `**Where?** Of ${bins} by price, age, time to the end, theme and kind, ${nFound} ${verb} at a false`,
    `discovery rate of 5 %${
      named === "" ? "" : `: ${named}`
    }. The active-only sample finds ${nActive}.`,
    ...deadlineSentences(drift),
    `Binned by the price of the same day instead of a week before, ${nFooled} of`,
    `${
      countText(sameDay.length)
    } bins by price would seem to drift (p below 5 %): that is bounce and`,
    "stale quotes. (`06_drift`)",
  ].join(" ");
}

/** Where kinds are known: contracts that differ only in their deadline, with and without payouts. */
function deadlineSentences({ rows }: ContractDrift): string[] {
  const deadlines = rows.filter(({ by, bin }) => by === "kind" && bin === "time_variant");
  const paid = deadlines.find(({ sample }) => sample === "all");
  const unpaid = deadlines.find(({ sample }) => sample === "prices only");
  if (paid === undefined || unpaid === undefined) return [];
  return [
    `Contracts that differ only in their deadline drift by ${
      points(unpaid.drift)
    } a day where payouts`,
    `are left out, and by ${points(paid.drift)} with them.`,
  ];
}

/** Bins of a sample that were tested, and those that stand after false discovery, surest first. */
function judged(drift: ContractDrift, sample: DriftSample) {
  const rows = drift.rows.filter((row) => row.sample === sample && !Number.isNaN(row.qValue));
  const found = rows.filter(({ qValue }) => qValue <= FALSE_SHARE)
    .sort((a, b) => a.qValue - b.qValue || (`${a.by} ${a.bin}` < `${b.by} ${b.bin}` ? -1 : 1));
  return { rows, found };
}

function longshotLine(curves: readonly LongshotCurve[]): string {
  const blind = curves.find(({ peeks, bins }) => !peeks && bins.length > 0);
  if (blind === undefined) {
    return "**Long shots.** No due contract has a price and a payout, so nothing is compared. " +
      "(`06_longshot`)";
  }
  const { slope, bins, gain, brier } = blind;
  const off = bins.filter(isOff).length, verb = off === 1 ? "lies" : "lie";
  const verdict = Number.isNaN(slope.low)
    ? "not estimable"
    : slope.low > 0
    ? "yes, long shots cost too much"
    : slope.high < 0
    ? "no, the reverse: favourites cost too much"
    : "not to be told from fair prices";
  const contracts = countOf(blind.nContracts, "contract"), events = countOf(blind.nEvents, "event");
  return [
    `**Favourite–longshot bias:** ${verdict}. Payout less price rises by`,
    `${interval(slope, 3)} points a point of price (${blind.rule}, ${contracts} of ${events});`,
    `${countText(off)} of ${
      countOf(bins.length, "bin")
    } ${verb} off the diagonal, and buying at every`,
    `price earns ${points(gain)}. Brier score ${brier.score.value.toFixed(3)}, of which`,
    `${brier.reliability.toFixed(4)} is miscalibration; fair prices show`,
    `${brier.fairReliability.toFixed(4)} of that by chance.`,
    ...peekingSentences(curves),
    "(`06_longshot`)",
  ].join(" ");
}

function peekingSentences(curves: readonly LongshotCurve[]): string[] {
  const worst = curves.filter(({ peeks, gain }) => peeks && isApart(gain))
    .sort((a, b) => Math.abs(b.gain.value) - Math.abs(a.gain.value))[0];
  if (worst === undefined) return [];
  return [
    `Sampled ${worst.rule} prices would seem to earn ${
      points(worst.gain)
    }, but nobody knows that day`,
    "in advance.",
  ];
}

/** Whether the interval of a bin leaves out its mean price. */
function isOff({ meanPrice, low, high }: LongshotBin): boolean {
  return meanPrice < low || meanPrice > high;
}

function isApart({ low, high }: ClusteredRatio): boolean {
  return low > 0 || high < 0;
}

function rowOf({ rows }: ContractDrift, sample: DriftSample, bin: string): DriftRow | undefined {
  return rows.find((row) => row.sample === sample && row.bin === bin);
}

function byWords({ by }: DriftRow): string {
  return by === "days_to_end" ? "due in" : by === "price" ? "price a week before" : by;
}

function points(ratio: ClusteredRatio): string {
  return `${interval(ratio, Math.abs(ratio.value) < 0.1 ? 3 : 2)} pp`;
}

function interval(
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  decimals: number,
): string {
  const range = Number.isNaN(low)
    ? "no interval"
    : `95 % ${signed(low, decimals)} to ${signed(high, decimals)}`;
  return `${signed(value, decimals)} (${range})`;
}

function signed(x: number, decimals = 3): string {
  if (Number.isNaN(x)) return "an unknown amount";
  const text = x.toFixed(decimals);
  if (Number(text) === 0) return text.replace("-", "");
  return x > 0 ? `+${text}` : text.replace("-", "−");
}
