import { countOf, countText, periodText, shareText } from "../core/number_text.ts";
import type { MoveComponent, MoveComponents, ThemeShare } from "../factors/move_components.ts";
import type { ChartContext } from "./chart_context.ts";
import { type Figure, figure } from "./figure.ts";
import { KEY_HEIGHT, keyLine } from "./key_line.ts";
import { makeUpHeight, makeUpPanel, SCREE_HEIGHT, screePanel } from "./move_components_plot.ts";
import { nullBand } from "./null_band.ts";
import { pText } from "./p_text.ts";
import { HUES, MUTED } from "./palette.ts";
import { type ChartTheme, themeShort } from "./theme_hues.ts";
import { decimalsApart, decimalText } from "./value_ticks.ts";

/** What {@link moveComponentsChart} draws. */
export interface MoveComponentsView {
  readonly found: MoveComponents;
  /** Themes of the contracts, in the order of the taxonomy; the empty id needs none. */
  readonly themes: readonly ChartTheme[];
}

const NAME = "move_components";
const MAX_RANKS = 20, MAX_BARS = 4;

/**
 * How many components market moves have beyond noise, and which themes they are made of.
 *
 * A scree of the largest eigenvalues over what noise gives at the same rank. Below it the squared
 * loadings by theme of those that rise above, or of the first alone where none does, beside the share of
 * each theme among the contracts: a component that is made as they are is nobody's.
 *
 * @throws {RangeError} If a theme of the contracts is not listed.
 */
export function moveComponentsChart(
  { found, themes }: MoveComponentsView,
  context: ChartContext,
): Figure {
  const { components, nMarkets, nDays, nShifts } = found;
  if (components.length === 0) {
    return figure({
      name: NAME,
      title: "Too few contracts move on common days for components",
      subtitle: "Eigenvalues of the correlations of contracts’ moves.",
      alt: "Nothing is drawn: there are no common days.",
      context,
      body: `no three days on which two contracts move: ${
        countOf(found.nGivenMarkets, "contract")
      } on ${countOf(found.nGivenDays, "day")} given`,
    });
  }
  const byId = new Map(themes.map((theme) => [theme.id, theme]));
  const unknown = found.marketShares.find(({ theme }) => theme !== "" && !byId.has(theme));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot draw components as their themes must be listed: got "${unknown.theme}"`,
    );
  }
  const drawn = components.slice(0, MAX_RANKS);
  const described = components.slice(0, Math.min(Math.max(found.nAbove, 1), MAX_BARS));
  const title = finding(found);
  const bets = nullBand(found.nullEffectiveBets);
  const top = KEY_HEIGHT + SCREE_HEIGHT + 8;
  const nLeftOut = found.nGivenMarkets - nMarkets;
  return figure({
    name: NAME,
    title,
    subtitle: `Eigenvalues of the correlations of moves, 1 being one contract’s variance, beside ${
      countOf(nShifts, "panel")
    } each of turned and of signed moves. n\u00a0=\u00a0${countOf(nMarkets, "contract")} on ${
      countOf(nDays, "day")
    } that all of them have, ${
      periodText(found.firstDay, found.lastDay)
    }. Effective number of bets ${decimalText(found.effectiveBets, 1)}; of signed moves ${
      decimalText(bets.low, 1)
    } to ${decimalText(bets.high, 1)}.`,
    alt: `${title}. ${
      described.map((one) =>
        `Component ${one.rank}: ${shareText(one.varianceShare)} of variance, ${
          leading(one.themeShares, { byId, marketShares: found.marketShares })
        }`
      ).join("; ")
    }.`,
    context,
    notes: [
      "A component counts where it and all before it are above the 95th percentile of their rank, of both nulls; the higher is drawn. Turned moves keep each contract’s zeros, jumps and spells; signed moves, each with a random sign, keep the days on which all move much. Pure noise shows a component in one window of twenty.",
      ...(found.nAboveTurned === found.nAbove ? [] : [
        `Against turned moves alone ${
          countText(found.nAboveTurned)
        } would count: contracts share a calendar of quiet and busy days, which is no common factor.`,
      ]),
      "Effective number of bets: as many independent contracts would spread their variance alike. A short window finds fewer than there are even among independent ones, hence the range of signed moves.",
      ...(nLeftOut === 0 ? [] : [
        `${
          countOf(nLeftOut, "contract")
        } without a move on each of these days, or with one value on all, ${
          nLeftOut === 1 ? "is" : "are"
        } left out${
          found.nGivenDays === nDays ? "" : `, and ${countOf(found.nGivenDays - nDays, "day")}`
        }.`,
      ]),
      ...(found.nAbove <= MAX_BARS ? [] : [
        `Of ${countText(found.nAbove)} components above noise the first ${MAX_BARS} are described.`,
      ]),
    ],
    height: top + makeUpHeight(described.length),
    body: [
      keyLine([
        { mark: "dot", colour: HUES[0].fill, words: "above noise" },
        { mark: "ring", colour: MUTED, words: "not above it" },
        { mark: "band", words: "noise, 5th to 95th percentile" },
        { mark: "line", words: "their median" },
      ]),
      screePanel(drawn, KEY_HEIGHT),
      makeUpPanel(found.marketShares, described, { byId, top }),
    ],
  });
}

function finding({ components, nAbove, nMarkets, pValue }: MoveComponents): string {
  const [first] = components as [MoveComponent, ...MoveComponent[]];
  const of = `the variance of ${countOf(nMarkets, "contract")}`;
  const percent = (eigenvalue: number) => 100 * eigenvalue / nMarkets;
  if (nAbove === 0) {
    const [own, noise] = decimalsApart(percent(first.eigenvalue), percent(first.nullHigh), 1);
    return `No component of market moves rises above noise: the first has ${own}% of ${of}, noise up to ${noise}% (p = ${
      pText(pValue)
    })`;
  }
  const share = components.slice(0, nAbove)
    .reduce((sum, { varianceShare }) => sum + varianceShare, 0);
  const who = nAbove === 1
    ? "One component of market moves rises"
    : `${countText(nAbove)} components of market moves rise`;
  return `${who} above noise, with ${shareText(share)} of ${of}`;
}

/** "leading Crypto with 71%, of the contracts 40%": the theme with most of the loadings. */
function leading(
  shares: readonly ThemeShare[],
  { byId, marketShares }: {
    readonly byId: ReadonlyMap<string, ChartTheme>;
    readonly marketShares: readonly ThemeShare[];
  },
): string {
  const most = shares.reduce((best, one) => one.share > best.share ? one : best);
  const expected = marketShares.find(({ theme }) => theme === most.theme)!.share;
  return `leading ${themeShort(byId.get(most.theme) ?? null)} with ${
    shareText(most.share)
  }, of the contracts ${shareText(expected)}`;
}
