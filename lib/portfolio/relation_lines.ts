import { countOf, countText, dayText, periodText, shareText } from "../core/number_text.ts";
import { MISSING_DAY } from "../core/day.ts";
import { BASE, mixtureKey } from "./portfolio_list.ts";
import type { MeasuredPortfolio } from "./portfolio_study.ts";
import { probabilityText, signedPercent, signedRatio, withInterval } from "./portfolio_text.ts";
import type { ModelSpanning, SleeveMeasure } from "./sleeve_evidence.ts";
import type { ValueStudy } from "./value_study.ts";

/** What is left of the sleeve's return once stocks and bonds, then all four assets, are taken out. */
export function spanningLine({ evidence, sleeve }: ValueStudy): string {
  const fits = evidence.spannings.filter((one) => one.sleeve === sleeve);
  const [first, ...others] = fits.filter(({ problem }) => problem === null);
  if (first === undefined) {
    return `**Spanned by stocks and bonds?** Not estimable: ${
      fits[0]?.problem ?? "an asset is not in the data"
    }. (\`07_spanning\`)`;
  }
  const { alpha } = first;
  const verdict = alpha.low > 0
    ? "No, the baskets earned what no mixture of them with bills did."
    : alpha.high < 0
    ? "The baskets lost what no mixture of them with bills did."
    : "Nothing speaks against it: alpha cannot be told from zero.";
  return `**Spanned by stocks and bonds?** ${verdict} Alpha a year is ${alphaText(first)}, betas ${
    first.betas.map(({ value }, j) => `${signedRatio(value)} on ${first.assets[j]}`).join(", ")
  }, R² ${shareText(first.r2)}; errors of Newey and West with ${countOf(first.lag, "lag")} over ${
    countOf(first.n, "session")
  }.${
    others.map((one) =>
      ` With ${one.assets.slice(2).join(" and ")} as well, alpha is ${alphaText(one)}, R² ${
        shareText(one.r2)
      }.`
    ).join("")
  } (\`07_spanning\`)`;
}

function alphaText({ alpha }: ModelSpanning): string {
  return `${withInterval(alpha, signedPercent)}, ${probabilityText(alpha.pValue)}`;
}

/**
 * The seed's claim of correlations near zero: an asset is named where its interval leaves zero out.
 *
 * Whether shifted series give as much is said of each asset, as the two may disagree.
 */
export function correlationLine(from: ValueStudy): string {
  const daily = correlationsOf(from).filter(({ measure }) => measure === "pearson");
  if (daily.every(({ value }) => Number.isNaN(value))) {
    return "**Near zero?** The baskets do not move, so they have no correlation. (`07_correlations`)";
  }
  const apart = daily.filter(({ low, high }) => low > 0 || high < 0);
  const verdict = apart.length === 0
    ? "By session no interval leaves zero out"
    : `Not with ${apart.map((one) => nameOf(from, one)).join(", ")}, by session`;
  const widest = Math.max(...daily.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))));
  return `**Near zero?** ${verdict}: ${
    daily.map((one) => `${nameOf(from, one)} ${intervalText(one)}, ${bandText(one)}`)
      .join("; ")
  }. "Inside" and "outside" are of the middle 95 % that shifted series give. The intervals leave ` +
    `room for correlations of up to ${widest.toFixed(2)} in size. (\`07_correlations\`)`;
}

/** The same by five sessions, and how many of all correlations shifted series would not give. */
export function staleLine(from: ValueStudy): string {
  const known = correlationsOf(from).filter(({ value }) => !Number.isNaN(value));
  const beyond = known.filter((one) => bandText(one) === "outside");
  const weekly = known.filter(({ measure }) => measure === "pearson_5_sessions");
  if (weekly.length === 0) {
    return "**Where stale prices hide less.** Not estimable. (`07_correlations`)";
  }
  return `**Where stale prices hide less.** By five sessions the correlations are ${
    weekly.map((one) => `${nameOf(from, one)} ${signedRatio(one.value)}, ${bandText(one)}`)
      .join("; ")
  }. Of ${countOf(known.length, "correlation")} by session, by five and one session apart, ${
    countText(beyond.length)
  } ${beyond.length === 1 ? "lies" : "lie"} outside the middle 95 % of shifted series; chance ` +
    `alone gives about ${(0.05 * known.length).toFixed(1)}. (\`07_correlations\`)`;
}

/** Correlations of the sleeve with each asset, tails left out. */
function correlationsOf({ evidence, sleeve }: ValueStudy): SleeveMeasure[] {
  return evidence.measures.filter((one) =>
    one.sleeve === sleeve && one.with !== BASE && !one.measure.startsWith("tail")
  );
}

function nameOf({ assets }: ValueStudy, one: SleeveMeasure): string {
  return assets.assets.find(({ key }) => key === one.with)!.name;
}

/** A correlation with its interval; more decimals of an end that two would show as zero. */
function intervalText({ value, low, high }: SleeveMeasure): string {
  if (Number.isNaN(low + high)) return signedRatio(value);
  const isShown = (decimals: number) =>
    [low, high].every((end) => end === 0 || Math.abs(end) >= 0.5 * 10 ** -decimals);
  const decimals = [2, 3, 4].find(isShown) ?? 5;
  const text = (end: number) =>
    end === 0 ? "0.00" : `${end < 0 ? "−" : "+"}${Math.abs(end).toFixed(decimals)}`;
  return `${signedRatio(value)} (95 % interval ${text(low)} to ${text(high)})`;
}

/** Where a value lies in the middle 95 % of what shifted series give. */
function bandText({ value, nullLow, nullHigh }: SleeveMeasure): string {
  return value < nullLow || value > nullHigh ? "outside" : "inside";
}

/** What the sleeve does on the worst sessions of stocks. */
export function tailLine({ evidence, sleeve }: ValueStudy): string {
  const of = (measure: SleeveMeasure["measure"]) =>
    evidence.measures.find((one) =>
      one.sleeve === sleeve && one.with === "stocks" && one.measure === measure
    );
  const share = of("tail_share_10"), mean = of("tail_mean_10"), few = of("tail_share_5");
  if (share === undefined || mean === undefined || Number.isNaN(share.value)) {
    return "**On the worst days of stocks.** Not estimable. (`07_correlations`)";
  }
  return `**On the worst days of stocks.** On ${
    withInterval(share, shareText)
  } of the worst 10 % of sessions the baskets are among their own worst 10 %, ${
    placeText(share, "more often than")
  } the ${shareText(share.nullLow)} to ${shareText(share.nullHigh)} of shifted series; of the ` +
    `worst 5 % it is ${shareText(few!.value)}. Their mean return on them is ${
      withInterval(mean, signedHundredths)
    }, ${placeText(mean, "above")} the ${signedHundredths(mean.nullLow)} to ${
      signedHundredths(mean.nullHigh)
    } of shifted series. (\`07_correlations\`)`;
}

/** Where a measure lies in its null's band, the ends told from the inside. */
function placeText(
  { value, nullLow, nullHigh }: SleeveMeasure,
  above: "more often than" | "above",
): string {
  const least = 1e-12 * Math.max(Math.abs(nullLow), Math.abs(nullHigh));
  if (nullHigh - nullLow <= least) return "beside";
  if (Math.abs(value - nullHigh) <= least) return "at the upper end of";
  if (Math.abs(value - nullLow) <= least) return "at the lower end of";
  if (value > nullHigh) return above;
  if (value < nullLow) return above === "above" ? "below" : "less often than";
  return "inside";
}

/** The deepest fall of stocks and bonds, and what the mixtures did in it. */
export function fallLine({ measured }: ValueStudy, mixed: MeasuredPortfolio): string {
  const of = (key: string) => measured.find(({ portfolio }) => portfolio.mixture.key === key);
  const fall = of(BASE)!.drawdown, cash = of(mixtureKey("cash"));
  if (fall.peakDay === MISSING_DAY) {
    return "**The deepest fall.** Stocks and bonds never fell. (`07_drawdowns`)";
  }
  const recovery = fall.recoveryDay === MISSING_DAY
    ? "not recovered by the last session"
    : `recovered on ${dayText(fall.recoveryDay)}`;
  const alone = of(mixed.portfolio.mixture.added!);
  return `**The deepest fall.** Stocks and bonds returned ${signedPercent(fall.depth)} over ${
    periodText(fall.peakDay, fall.troughDay)
  }, ${recovery}. In it the portfolio with baskets returned ${
    signedPercent(mixed.drawdown.returnInBaseFall)
  }, the one with cash ${signedPercent(cash!.drawdown.returnInBaseFall)}${
    alone === undefined
      ? ""
      : `, the baskets alone ${signedPercent(alone.drawdown.returnInBaseFall)}`
  }. One fall is one observation. (\`07_drawdowns\`)`;
}

function signedHundredths(share: number): string {
  if (Number.isNaN(share)) return "unknown";
  const text = `${(100 * Math.abs(share)).toFixed(2)} %`;
  return text === "0.00 %" ? text : `${share < 0 ? "−" : "+"}${text}`;
}
