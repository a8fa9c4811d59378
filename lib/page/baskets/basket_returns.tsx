import { useMemo } from "preact/hooks";
import { shareText } from "../../core/number_text.ts";
import type { ViewedBasket } from "../../desk/baskets_view.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import {
  attributionFinding,
  attributionPlot,
  hueColour,
  navFinding,
  navPlot,
  pictureName,
} from "./basket_plots.ts";
import type { SignSubject } from "./basket_signing.ts";
import { signedShareText, signedText } from "./basket_words.ts";
import { PlotFigure } from "../figure/plot_figure.tsx";
import { SignBar } from "../sign_bar.tsx";

/** What became of a basket over the whole replay, what moved it, and whether that is as one would expect. */
export function BasketReturns({ basket, method, date, titleOf, subject, sign, isBusy, isDark }: {
  basket: ViewedBasket;
  method: string;
  /** Trade date to mark, ISO. */
  date: string;
  titleOf: (marketId: string) => string;
  subject: StandingSubject | null;
  sign: SignSubject;
  isBusy: boolean;
  isDark: boolean;
}) {
  const { name, nav, parts, contracts, hue } = basket;
  const colour = hueColour(hue, isDark);
  const path = useMemo(() => navPlot(nav, { date, colour, isDark }), [nav, date, colour, isDark]);
  const change = useMemo(() => attributionPlot(parts, isDark), [parts, isDark]);
  const finding = navFinding(name, nav), cause = attributionFinding(name, parts);

  return (
    <div class="stack basket-returns">
      <h4>{finding}</h4>
      <p class="muted basket-number">
        {signedShareText(basket.annualReturn)} a year; volatility{" "}
        {shareText(basket.volatility ?? NaN)} a year; deepest drawdown{" "}
        {shareText(Math.abs(basket.maxDrawdown ?? NaN))}
      </p>
      <PlotFigure
        options={path}
        title={finding}
        description={`Value of ${name} after costs, 100 at the start, policy cash.`}
        name={pictureName("nav", method, basket.id)}
        isDark={isDark}
      />
      <h4>{cause}</h4>
      <PlotFigure
        options={change}
        title={cause}
        description="Parts of the change of value over the whole replay, after costs; they add up to the change."
        name={pictureName("attribution", method, basket.id)}
        isDark={isDark}
      />
      <table class="basket-contributions">
        <caption>Contracts that moved it most, over the whole replay</caption>
        <thead>
          <tr>
            <th scope="col">Points</th>
            <th scope="col">Side</th>
            <th scope="col">Contract</th>
          </tr>
        </thead>
        <tbody>
          {contracts.map(({ marketId, side, nContracts, change: points }) => (
            <tr key={`${marketId} ${side}`}>
              <td class="number">{signedText(points, 1)}</td>
              <td>{side?.toUpperCase()}</td>
              <td>
                <span class="basket-title" dir="auto">
                  {marketId === null
                    ? nContracts === 1 ? "1 other contract" : `${nContracts} others together`
                    : titleOf(marketId)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {subject !== null && (
        <section class="stack basket-question">
          <h4>Do its returns match intuition?</h4>
          <SignBar
            subject={subject}
            label={`Your decision on the returns of ${name}`}
            verdicts={[
              { verdict: "approve", label: "They do", key: "Shift+A", isPrimary: true },
              { verdict: "flag", label: "They do not", key: "Shift+F" },
            ]}
            onSign={(verdict, comment) => void sign(subject, verdict, { comment })}
            draftKey={draftKeyOf(subject)}
            isBusy={isBusy}
          />
        </section>
      )}
    </div>
  );
}

/** Key under which the comment of a subject waits. */
export function draftKeyOf({ kind, id }: StandingSubject): string {
  return `${kind} ${id}`;
}
