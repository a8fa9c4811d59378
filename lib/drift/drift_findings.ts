import { countOf, countText, shareText } from "../core/number_text.ts";
import type { ContractDrift, DriftRow } from "./contract_drift.ts";
import { SEASONED } from "./drift_bins.ts";
import type { DriftSample } from "./drift_steps.ts";
import { isApart, points, signed } from "./drift_text.ts";
import type { LongshotCurve } from "./longshot_curve.ts";
import { longshotLines } from "./longshot_findings.ts";

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
    : [
      decayLine(drift),
      ...activeLines(drift),
      ...firstDayLines(drift),
      binLine(drift),
      ...deadlineLines(drift),
      sameDayLine(drift),
      SOURCE_LINE,
    ];
  return [...lines, ...longshotLines(curves)].map((line) => `- ${line}`).join("\n");
}

/** What no statistic on a chosen sample can show; its size in simulations stands in `docs/methods.md`. */
const SOURCE_LINE =
  "**Chosen sources.** A source that keeps contracts which were settled or much traded in the end was " +
  "chosen by what became of them, and shows the drift of the chosen: contracts that were much traded in " +
  "the end are those that came near to happening. No statistic here can undo that. (`06_drift`)";

function decayLine(drift: ContractDrift): string {
  const all = rowOf(drift, "all", SEASONED);
  if (all === undefined) {
    return "**Time decay.** No contract was quoted for more than a week, so drift is not measured. " +
      "(`06_drift`)";
  }
  const verdict = Number.isNaN(all.drift.low)
    ? "Not estimable"
    : !isApart(all.drift)
    ? "None to be seen in this source"
    : all.drift.value < 0
    ? "Yes, down in this source"
    : "No, prices rise in this source";
  const contracts = countOf(all.nContracts, "contract"), events = countOf(all.nEvents, "event");
  return [
    `**Does time decay exist?** ${verdict}: held from a week after listing to the settlement,`,
    `${contracts} of ${events} (as good as ${
      countText(all.drift.effectiveClusters)
    } of equal size)`,
    `${all.nContracts === 1 ? "drifts" : "drift"} by ${points(all.drift)} a day: prices alone ${
      signed(all.pricePart)
    }, payouts`,
    `${signed(all.settlementPart)}. From then to the end a contract earns ${points(all.stay)}.`,
    `${countOf(all.nOpen, "contract")} still open and ${
      countText(all.nLost)
    } lost from sight count`,
    "at their last price. (`06_drift`)",
  ].join(" ");
}

/** Share of the first day's drift up to which the following days count as still. */
const STILL = 0.25;

/** Whether the first day's move goes on, and how much of it is of opening quotes at one half. */
function firstDayLines(drift: ContractDrift): string[] {
  const first = rowOf(drift, "all", "first day"), whole = rowOf(drift, "all", "everything");
  const next = rowOf(drift, "all", "days 2 to 7");
  const { nContracts, nearHalf, near, apart } = drift.firstMarks;
  if (first === undefined || whole === undefined) return [];
  const goesOn = Math.abs(next?.drift.value ?? NaN) > STILL * Math.abs(first.drift.value) &&
    first.drift.value * next!.drift.value > 0;
  const lead = !isApart(first.drift)
    ? "No move to be told from none"
    : goesOn
    ? "A move that goes on"
    : "An opening quote, no decay";
  const following = next === undefined || Number.isNaN(next.drift.value)
    ? ""
    : `, by ${points(next.drift)} a day on days 2 to 7`;
  const parts = [
    ...(Number.isNaN(near.value) ? [] : [`these move by ${points(near)}`]),
    ...(Number.isNaN(apart.value) ? [] : [`the others by ${points(apart)}`]),
  ].join(", ");
  return [
    [
      `**The first day.** ${lead}: a contract moves by ${points(first.drift)} on its first`,
      `day${following}. Of ${countOf(nContracts, "first mark")} ${
        shareText(nearHalf)
      } lie within a`,
      `cent of 50¢; ${parts}. With the first week everything drifts by ${
        points(whole.drift)
      } a day.`,
      "(`06_drift`)",
    ].join(" "),
  ];
}

/** What a sample of contracts still open would say, beside everything. */
function activeLines(drift: ContractDrift): string[] {
  const all = rowOf(drift, "all", SEASONED);
  return all === undefined
    ? []
    : [`**Open contracts alone.** ${activeSentence(drift, all)} (\`06_drift\`)`];
}

function activeSentence(drift: ContractDrift, all: DriftRow): string {
  const active = rowOf(drift, "active only", SEASONED);
  if (active === undefined) return "None is still quoted on the last day.";
  const reason = isApart(active.drift) && !isApart(all.drift)
    ? ": such a sample has lost the contracts that were settled, and with them their payouts"
    : "";
  const drifting = active.nContracts === 1
    ? "The one still quoted on the last day alone drifts"
    : `Those ${countText(active.nContracts)} still quoted on the last day alone drift`;
  return `${drifting} by ${points(active.drift)}${reason}.`;
}

function binLine(drift: ContractDrift): string {
  const all = judged(drift, "all"), active = judged(drift, "active only");
  const named = all.found.slice(0, 3)
    .map((row) => `${byWords(row)} ${row.bin} ${points(row.drift)}`).join("; ");
  const nFound = countText(all.found.length), verb = all.found.length === 1 ? "drifts" : "drift";
  const bins = countOf(all.rows.length, "bin");
  const nActive = `${countText(active.found.length)} of ${countText(active.rows.length)}`;
  return [
    `**Where?** Of ${bins} by price, age, time to the end, theme and kind, ${nFound} ${verb} at a false`,
    `discovery rate of 5 %${
      named === "" ? "" : `: ${named}`
    }. The active-only sample finds ${nActive}.`,
    "(`06_drift`)",
  ].join(" ");
}

/** Bins by price of the same steps, by the price of a week before and by that of the day. */
function sameDayLine({ rows }: ContractDrift): string {
  const bins = (key: "price" | "price_same_day") => {
    const own = rows.filter(({ sample, by }) => sample === "all" && by === key);
    const nLow = own.filter(({ drift }) => drift.pValue <= FALSE_SHARE).length;
    return `${countText(nLow)} of ${countText(own.length)}`;
  };
  return [
    `**Why the price of a week before?** Binned by the price of the same day, ${
      bins("price_same_day")
    }`,
    `bins by price would seem to drift (p below 5 %), by that of a week before ${
      bins("price")
    }, both`,
    "from a week after listing on: what more there is by the same day is bounce and stale quotes.",
    "(`06_drift`)",
  ].join(" ");
}

/** Where kinds are known: contracts that differ only in their deadline, with and without payouts. */
function deadlineLines({ rows }: ContractDrift): string[] {
  const deadlines = rows.filter(({ by, bin }) => by === "kind" && bin === "time_variant");
  const paid = deadlines.find(({ sample }) => sample === "all");
  const unpaid = deadlines.find(({ sample }) => sample === "prices only");
  if (paid === undefined || unpaid === undefined) return [];
  return [
    `**Deadlines.** Contracts that differ only in their deadline drift by ${
      points(unpaid.drift)
    } a ` +
    `day where payouts are left out, and by ${points(paid.drift)} with them. (\`06_drift\`)`,
  ];
}

/** Bins of a sample that were tested, and those that stand after false discovery, surest first. */
function judged(drift: ContractDrift, sample: DriftSample) {
  const rows = drift.rows.filter((row) => row.sample === sample && !Number.isNaN(row.qValue));
  const found = rows.filter(({ qValue }) => qValue <= FALSE_SHARE)
    .sort((a, b) => a.qValue - b.qValue || (`${a.by} ${a.bin}` < `${b.by} ${b.bin}` ? -1 : 1));
  return { rows, found };
}

function rowOf({ rows }: ContractDrift, sample: DriftSample, bin: string): DriftRow | undefined {
  return rows.find((row) => row.sample === sample && row.bin === bin);
}

function byWords({ by }: DriftRow): string {
  return by === "days_to_end" ? "due in" : by === "price" ? "price a week before" : by;
}
