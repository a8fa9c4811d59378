import { markdownLiteral } from "../core/markdown_literal.ts";
import { nullQuantiles } from "../core/null_percentile.ts";
import { countOf, countText, fixedText, shareText } from "../core/number_text.ts";
import { type FitEvidence, fitVerdict } from "./fit_evidence.ts";
import type { HalvesAgreement, LoadingStability } from "./loading_stability.ts";
import type { ThemeFit, ThemeFits } from "./theme_fits.ts";

/** Name of a theme for a reader; without one its id with spaces. Escaped where it is used. */
export type ThemeNames = (theme: string) => string;

/** Most themes that a finding names. */
const MOST_NAMED = 4;

/** The first finding: what R² is worth. */
export function fitLine({ set, seed, ours }: {
  readonly set: string;
  readonly seed: FitEvidence;
  readonly ours: FitEvidence;
}): string {
  const verdict = {
    "noise": "**R² is not distinguishable from noise.**",
    "in sample only":
      "**R² is slightly more than noise within the sample, and nothing on later sessions for the " +
      "typical contract.**",
    "real": "**Factors explain more than noise, on moves not seen too.**",
  }[fitVerdict(seed, ours)];
  return `${verdict} Ridge with the first engine's penalty of 1 on ${set} gives ` +
    `${countOf(seed.nContracts, "contract")} a mean R² of ${fixedText(seed.meanR2)}. Their moves ` +
    `turned in time give ${rangeText(seed.nullMeanR2, "turns")}; with random signs, the same for ` +
    `all contracts on a session, they give ${rangeText(seed.signMeanR2, "draws")}. ${
      stricterText(seed)
    } Out of sample the median R² is ${fixedText(seed.medianOos, 2)}, with random signs ${
      fixedText(seed.nullMedianOos, 2)
    }. With a penalty that time order chose, ` +
    `the mean R² is ${fixedText(ours.meanR2)} against ${fixedText(ours.ownNullR2)} turned and ` +
    `${fixedText(ours.ownSignR2)} signed, the median out of sample ${
      fixedText(ours.medianOos)
    } against ` +
    `${fixedText(ours.nullMedianOos)} signed; ${
      shareText(ours.aboveOwn)
    } of the contracts are above ` +
    `95% of both nulls of their own, where chance gives at most 5%.`;
}

/** Which null is the higher one, and why one may be. */
function stricterText({ nullMeanR2, signMeanR2 }: FitEvidence): string {
  const [turned, signed] = [nullMeanR2, signMeanR2].map((draws) => nullQuantiles(draws, [0.5])[0]!);
  if (signed! > turned!) {
    return "The signs are the stricter null: they leave sizes on their days, and that weekends and " +
      "busy days are large for contracts and factors alike lifts R² by itself.";
  }
  return "The signs, which leave sizes on their days, are no stricter than the turns: weekends and " +
    "busy days do not lift R² here.";
}

function rangeText(draws: Float64Array, drawn: string): string {
  const [low, mid, high] = nullQuantiles(draws, [0.05, 0.5, 0.95]);
  return `${fixedText(mid!)} (${fixedText(low!)} to ${fixedText(high!)} in 18 of 20 ${drawn})`;
}

/** The second: themes of which more contracts stand above their own nulls than signs give. */
export function themeLine(
  { all, themes }: ThemeFits,
  { rate, nameOf = spaced }: { readonly rate: number; readonly nameOf?: ThemeNames },
): string {
  const text = (fit: ThemeFit) => themeText(fit, nameOf);
  if (themes.length === 0) return "**For whom?** No theme has enough contracts to be asked.";
  const standing = themes.filter(({ qValue }) => qValue <= rate)
    .sort((a, b) => b.aboveShare - a.aboveShare);
  const others = themes.length - standing.length;
  const end = `All ${countOf(all.nContracts, "contract")} together: ${shareOfText(all)}.`;
  const asked = `at a false discovery rate of ${shareText(rate)}`;
  if (standing.length === 0) {
    const most = themes.reduce((a, b) => b.aboveShare > a.aboveShare ? b : a);
    return `**For whom?** For none of ${countOf(themes.length, "theme")} ${asked}: the most is ` +
      `${text(most)}. ${end}`;
  }
  const named = standing.slice(0, MOST_NAMED).map(text).join("; ");
  const more = standing.length > MOST_NAMED
    ? `; and ${countText(standing.length - MOST_NAMED)} more`
    : "";
  return `**For whom?** More than with random signs ${asked} for ${countText(standing.length)} of ${
    countOf(themes.length, "theme")
  }: ${named}${more}. ${
    others === 0
      ? ""
      : `For the ${
        others === 1 ? "other" : `other ${countText(others)}`
      } it is no more than noise. `
  }${end}`;
}

function themeText(fit: ThemeFit, nameOf: ThemeNames): string {
  const { theme, nContracts, nEvents, oosPositiveShare, nullOosPositiveShare } = fit;
  return `${markdownLiteral(nameOf(theme))} (${countOf(nContracts, "contract")} of ${
    countOf(nEvents, "event")
  }), ${shareOfText(fit)} and ${
    shareText(oosPositiveShare)
  } with an R² above 0 on later sessions, ` +
    `where signs give ${shareText(nullOosPositiveShare)}`;
}

function shareOfText({ aboveShare, nullMid, nullHigh }: ThemeFit): string {
  return `${shareText(aboveShare)} above both nulls of their own, where signs give ` +
    `${shareText(nullMid)} (up to ${shareText(nullHigh)} in 19 of 20 draws)`;
}

/** What of loadings comes back in the second half. */
export function stabilityLine(
  { all, themes, strongest, signAgreement }: LoadingStability,
  { nameOf = spaced }: { readonly nameOf?: ThemeNames } = {},
): string {
  if (Number.isNaN(all.correlation)) {
    return "**Halves.** No contract has enough sessions to be fitted twice.";
  }
  const beyond = themes.filter(({ percentile }) => percentile > 0.95);
  const alone = themes.length === 0
    ? ""
    : ` By itself ${countText(beyond.length)} of ${countOf(themes.length, "theme")} ${
      beyond.length === 1 ? "is" : "are"
    } above 95% of turns.`;
  return `**Halves.** Loadings of a contract's first and second half ${
    all.percentile > 0.95 ? "carry over beyond chance" : "do not carry over beyond chance"
  }: their t-scores correlate by ${fixedText(all.correlation)} (${
    countOf(all.nContracts, "contract")
  }), turned moves reach ${fixedText(all.nullHigh)} in one of 20. The signs agree in ` +
    `${shareText(signAgreement)}.${alone}${
      strongest === null ? "" : strongestText(strongest, nameOf)
    }`;
}

function strongestText(
  { theme, factor, nContracts, ...one }: HalvesAgreement,
  nameOf: ThemeNames,
): string {
  const verdict = one.percentile > 0.95
    ? "beyond the strongest of turned moves"
    : "no more than the strongest of turned moves";
  return ` Strongest of all themes and factors: ${markdownLiteral(nameOf(theme))} on ${
    markdownLiteral(factor)
  }, ${fixedText(one.correlation, 2)} (${
    countOf(nContracts, "contract")
  }), ${verdict}, which would be ` +
    `${fixedText(one.nullHigh, 2)} here in one of 20.`;
}

function spaced(theme: string): string {
  return theme.replaceAll("_", " ");
}
