import { countOf, countText } from "../core/number_text.ts";
import type { ThemeCausality } from "../factors/theme_causality.ts";
import type { ChartContext } from "./chart_context.ts";
import { CAUSALITY_LEGEND_HEIGHT, causalityLegend } from "./theme_causality_legend.ts";
import { type CausalityCell, causalityHeight, causalityPanels } from "./theme_causality_plot.ts";
import { type Figure, figure } from "./figure.ts";
import { pText } from "./p_text.ts";
import { type ChartTheme, themeShort } from "./theme_hues.ts";

/** What {@link themeCausalityChart} draws. */
export interface ThemeCausalityView {
  /** Tests of one call, adjusted together; at most one a theme, symbol and direction. */
  readonly rows: readonly ThemeCausality[];
  /** Themes in the order of the taxonomy. */
  readonly themes: readonly ChartTheme[];
}

const NAME = "theme_causality";
const MAX_THEMES = 20, MAX_ASSETS = 12, LEVEL = 0.05;

/**
 * Whether moves of themes come before those of assets, or the other way round, beyond what as many tests find.
 *
 * Two heat maps of themes by assets, one a direction, shaded by p. A mark stands where the test holds after
 * adjustment for all of them, filled where turned leaders seldom do as well.
 *
 * @throws {RangeError} If a theme is not listed or a test comes twice.
 */
export function themeCausalityChart(
  { rows, themes }: ThemeCausalityView,
  context: ChartContext,
): Figure {
  const tested = rows.filter(({ pValue }) => !Number.isNaN(pValue));
  if (tested.length === 0) {
    return figure({
      name: NAME,
      title: "No theme could be tested against an asset",
      subtitle: "Granger tests between themes and assets.",
      alt: "Nothing is drawn: no test has enough sessions.",
      context,
      body: rows.length === 0
        ? "no themes or no assets to test"
        : `${countOf(rows.length, "test")} with too few sessions`,
    });
  }
  const symbols = [...new Set(rows.map(({ symbol }) => symbol))];
  const present = new Set(rows.map(({ theme }) => theme));
  const listed = themes.filter(({ id }) => present.has(id));
  check(rows, listed);
  const drawnThemes = listed.slice(0, MAX_THEMES), drawnSymbols = symbols.slice(0, MAX_ASSETS);
  const cells = cellsOf(rows, drawnThemes, drawnSymbols);
  const title = finding(tested), found = tested.filter(isFound);
  const [least, most] = [Math.min, Math.max].map((of) => of(...tested.map(({ n }) => n)));
  const lags = countOf(tested[0]!.lags, "session");
  const nUntested = rows.length - tested.length;
  const nFrail = found.filter((row) => !isFirm(row)).length;
  const names = new Map(listed.map((theme) => [theme.id, themeShort(theme)]));
  return figure({
    name: NAME,
    title,
    subtitle:
      `Granger F tests with ${lags} of the past, indices of themes on New York sessions. Contracts are marked at 24:00 UTC, three hours or more after the close: assets that lead are tested from close to close, assets that follow also by the hours that overlap, and the weaker test counts. n\u00a0=\u00a0${
        countOf(tested.length, "test")
      } of ${least === most ? "" : `${countText(least!)} to `}${countOf(most!, "session")}.`,
    alt: `${title}. ${
      found.length === 0 ? "No cell is marked" : found.slice(0, 12).map((row) => {
        const pair = [names.get(row.theme)!, row.symbol];
        const [leader, follower] = row.direction === "theme leads" ? pair : pair.toReversed();
        return `${leader} before ${follower}, q ${pText(row.qValue)}`;
      }).join("; ")
    }.`,
    context,
    notes: [
      "An index is the mean over events of contracts’ scaled moves: notional, nothing that can be held. A lead is no cause. q: Benjamini–Hochberg over all tests of both directions.",
      `Turned leaders: the leader’s moves turned along its sessions, which keeps its zeros and jumps; p by F takes moves as normal, which they are not. ${
        turnedText(tested)
      }An asset that leads may still have met a stale mark.`,
      ...(nFrail === 0 ? [] : [
        `${countOf(nFrail, "test")} with q < ${LEVEL} ${
          nFrail === 1 ? "is" : "are"
        } not beyond 95% of turned leaders (rings): large moves, no lead.`,
      ]),
      ...(nUntested === 0 ? [] : [
        `${countOf(nUntested, "test")} with too few sessions ${
          nUntested === 1 ? "is" : "are"
        } hatched and not counted.`,
      ]),
      ...(listed.length === drawnThemes.length && symbols.length === drawnSymbols.length ? [] : [
        `${
          [[listed.length - drawnThemes.length, "theme"], [
            symbols.length - drawnSymbols.length,
            "asset",
          ]]
            .filter(([n]) => n !== 0).map(([n, noun]) => countOf(n as number, noun as string)).join(
              " and ",
            )
        } more, tested and counted, are not drawn.`,
      ]),
    ],
    height: CAUSALITY_LEGEND_HEIGHT + causalityHeight(drawnThemes, drawnSymbols),
    body: [
      causalityLegend(`q < ${LEVEL}`, `q < ${LEVEL}, not beyond turned leaders`),
      ...causalityPanels(
        { themes: drawnThemes, symbols: drawnSymbols, cells },
        CAUSALITY_LEGEND_HEIGHT,
      ),
    ],
  });
}

/** How many tests are below 5% by turned leaders, beside F; empty without turns. */
function turnedText(tested: readonly ThemeCausality[]): string {
  const checked = tested.filter(({ shiftPValue }) => !Number.isNaN(shiftPValue));
  if (checked.length === 0) return "";
  const nTurned = checked.filter(({ shiftPValue }) => shiftPValue <= LEVEL).length;
  const nLow = tested.filter(({ pValue }) => pValue < LEVEL).length;
  return `Up to p = ${LEVEL} by them: ${countText(nTurned)} of ${
    countOf(checked.length, "test")
  }, by F ${countText(nLow)}. `;
}

function isFound({ qValue }: ThemeCausality): boolean {
  return qValue < LEVEL;
}

/** Whether turned leaders seldom do as well; taken as firm where there was no turn. */
function isFirm({ shiftPValue }: ThemeCausality): boolean {
  return !(shiftPValue > LEVEL);
}

function finding(tested: readonly ThemeCausality[]): string {
  const found = tested.filter(isFound), n = tested.length;
  const nLow = tested.filter(({ pValue }) => pValue < LEVEL).length;
  const noise = LEVEL * n;
  const here = `${nLow === 0 ? "none" : countText(nLow)} ${
    nLow < 2 ? "lies" : "lie"
  } below p = ${LEVEL}`;
  const beside = `${here}, noise puts ${
    noise < 9.95 ? Number(noise.toFixed(1)) : countText(noise)
  } there`;
  const all = `${countOf(n, "lead–lag test")} of themes and assets`;
  if (found.length === 0) {
    return `${n === 1 ? "The only" : "None of"} ${n === 1 ? all.slice(2) : all} ${
      n === 1 ? "does not hold" : "holds"
    } after correction: ${beside}`;
  }
  const nFirm = found.filter(isFirm).length;
  const firm = nFirm === found.length
    ? ""
    : `, ${nFirm === 0 ? "none" : countText(nFirm)} of them beyond turned leaders too`;
  return `${countText(found.length)} of ${all} ${
    found.length === 1 ? "holds" : "hold"
  } after correction${firm}; ${beside}`;
}

function check(rows: readonly ThemeCausality[], listed: readonly ChartTheme[]): void {
  const known = new Set(listed.map(({ id }) => id)), seen = new Set<string>();
  for (const { theme, symbol, direction } of rows) {
    if (!known.has(theme)) {
      throw new RangeError(`Cannot draw causality as its themes must be listed: got "${theme}"`);
    }
    const key = JSON.stringify([theme, symbol, direction]);
    if (seen.has(key)) {
      throw new RangeError(
        `Cannot draw causality as each test must come once: got "${theme}" and "${symbol}" (${direction}) twice`,
      );
    }
    seen.add(key);
  }
}

function cellsOf(
  rows: readonly ThemeCausality[],
  themes: readonly ChartTheme[],
  symbols: readonly string[],
): CausalityCell[] {
  return rows.flatMap((row) => {
    const k = themes.findIndex(({ id }) => id === row.theme), a = symbols.indexOf(row.symbol);
    if (k < 0 || a < 0) return [];
    const mark = !isFound(row) ? null : isFirm(row) ? "dot" : "ring";
    return [{ row: k, column: a, direction: row.direction, pValue: row.pValue, mark }];
  });
}
