import { useMemo } from "preact/hooks";
import { countOf, shareText } from "../../core/number_text.ts";
import { auditAccuracy } from "../../taxonomy/audit_accuracy.ts";
import { isRandomSheet } from "../../taxonomy/audit_entries.ts";
import { accuracyOptions } from "./audit_chart.ts";
import type { AuditIndex } from "./audit_index.ts";
import { accuracyText, type Judgement, neededText, runningAccuracy } from "./audit_progress.ts";
import { type DeskThemes, ThemeChip } from "./audit_theme.tsx";
import { PlotFigure } from "../figure/plot_figure.tsx";

/** The accuracy of a sheet as it grows: words, chart, what is still needed, and by theme. */
export function AccuracyPanel(
  { judgements, nStale, sheet, nContracts, index, themes, source, isDark }: {
    judgements: readonly Judgement[];
    /** Verdicts on what has changed since; they do not count. */
    nStale: number;
    sheet: string;
    nContracts: number;
    index: AuditIndex;
    themes: DeskThemes;
    source: string;
    isDark: boolean;
  },
) {
  const { target } = index.view;
  const steps = useMemo(() => runningAccuracy(judgements), [judgements]);
  const found = useMemo(() => auditAccuracy(judgements, index.themeSizes), [judgements, index]);
  const options = useMemo(
    () => accuracyOptions(steps, { target, nContracts, isDark }),
    [steps, target, nContracts, isDark],
  );
  const { overall, weighted, nUnsure } = found;
  const text = accuracyText(overall);
  const nOpen = nContracts - judgements.length;
  return (
    <section class="panel stack accuracy" aria-label="Accuracy">
      <h3>Accuracy of this sheet</h3>
      <p class="accuracy-text" aria-live="polite" data-testid="accuracy">{text}</p>
      <p class="muted">
        95% Wilson interval. {nOpen} open, {nUnsure} unsure and not counted.
        {nStale > 0 &&
          ` ${
            countOf(nStale, "verdict is stale", "verdicts are stale")
          }; judge again what has changed.`}
      </p>
      {isRandomSheet(sheet)
        ? (
          <>
            <p>{neededText(overall, { target, nOpen })}</p>
            {overall.nJudged > 0 && (
              <p class="muted">
                Weighted by the events of each theme, as notebook 04 weighs them:{" "}
                {shareText(weighted.accuracy)} ({shareText(weighted.low)} to{" "}
                {shareText(weighted.high)}); the judged themes hold{" "}
                {shareText(weighted.coveredShare)} of all events.
              </p>
            )}
          </>
        )
        : (
          <p>
            These contracts were chosen and not drawn, so their share says nothing about all others.
          </p>
        )}
      <PlotFigure
        options={options}
        title={`${text}; target ${shareText(target)}`}
        description={`Share of right themes with its 95% Wilson interval after each judged contract of the sheet ${sheet}; dashed the target. ${source}.`}
        name={`accuracy_${sheet}`}
        isDark={isDark}
      />
      {found.themes.length > 0 && (
        <table class="accuracy-themes">
          <caption class="visually-hidden">Right themes by theme</caption>
          <thead>
            <tr>
              <th scope="col">Theme by words</th>
              <th scope="col" class="number">Right</th>
              <th scope="col" class="number">Interval</th>
            </tr>
          </thead>
          <tbody>
            {found.themes.map(({ theme, nRight, nJudged, low, high }) => (
              <tr key={theme}>
                <td>
                  <ThemeChip themes={themes} id={theme} isDark={isDark} />
                </td>
                <td class="number">{nRight} of {nJudged}</td>
                <td class="number">{shareText(low)} to {shareText(high)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
