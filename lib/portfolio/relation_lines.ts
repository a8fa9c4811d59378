import { countOf, dayText, periodText, shareText } from "../core/number_text.ts";
import { MISSING_DAY } from "../core/day.ts";
import type { AssetKey } from "./asset_navs.ts";
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

/** The seed's claim of correlations near zero, with what chance and staleness make of them. */
export function correlationLine({ evidence, sleeve, assets }: ValueStudy): string {
  const own = evidence.measures.filter((one) => one.sleeve === sleeve && one.with !== BASE);
  const daily = own.filter(({ measure }) => measure === "pearson");
  const beyond = own.filter(({ value, measure, nullLow, nullHigh }) =>
    !measure.startsWith("tail") && (value < nullLow || value > nullHigh)
  );
  const counted = own.filter(({ measure, value }) =>
    !measure.startsWith("tail") && !Number.isNaN(value)
  );
  if (counted.length === 0) {
    return "**Near zero?** The baskets do not move, so they have no correlation. (`07_correlations`)";
  }
  const widest = Math.max(...daily.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))));
  const nameOf = (key: AssetKey) => assets.assets.find((one) => one.key === key)!.name;
  const weekly = daily.map((one) =>
    own.find(({ measure, with: key }) => measure === "pearson_5_sessions" && key === one.with)!
  );
  const apart = daily.filter((one) => (one.low > 0 || one.high < 0) && beyond.includes(one));
  const verdict = apart.length === 0
    ? "By session none can be told from zero"
    : `Not with ${apart.map((one) => nameOf(one.with)).join(", ")}`;
  return `**Near zero?** ${verdict}: ${
    daily.map((one) => `${nameOf(one.with)} ${withInterval(one, signedRatio)}`).join(", ")
  }. The intervals leave room for correlations of up to ${widest.toFixed(2)} in size. By five ` +
    `sessions, where stale prices hide less: ${
      weekly.map((one) => `${nameOf(one.with)} ${signedRatio(one.value)}`).join(", ")
    }. Of ${
      countOf(counted.length, "correlation")
    } by session, by five and one session apart, ${beyond.length} ${
      beyond.length === 1 ? "lies" : "lie"
    } outside the middle 95 % of shifted series; chance alone gives about ${
      (0.05 * counted.length).toFixed(1)
    }. (\`07_correlations\`)`;
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
  const verdict = share.value > share.nullHigh
    ? "more often than shifted series are"
    : share.value < share.nullLow
    ? "less often than shifted series are"
    : "which is what shifted series give";
  return `**On the worst days of stocks.** On ${
    withInterval(share, shareText)
  } of the worst 10 % of sessions the baskets are among their own worst 10 %, ${verdict} (${
    shareText(share.nullLow)
  } to ${shareText(share.nullHigh)}); of the worst 5 % it is ${
    shareText(few!.value)
  }. Their mean ` +
    `return on them is ${withInterval(mean, signedHundredths)}, shifted series give ${
      signedHundredths(mean.nullLow)
    } to ${signedHundredths(mean.nullHigh)}. (\`07_correlations\`)`;
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
