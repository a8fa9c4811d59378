import type { BasketCard, RefusedEmergency } from "../../desk/basket_cards.ts";
import { parseDay } from "../../core/day.ts";
import { countOf, dayText, shareText } from "../../core/number_text.ts";
import { changeReason, rulesText, signedShareText } from "./basket_words.ts";

/** What the trade of a card cost, what came and what left, and what could not be done. */
export function BasketTrades({ card, refusals, titleOf }: {
  card: BasketCard;
  /** Emergencies after this trade and before the next. */
  refusals: readonly RefusedEmergency[];
  titleOf: (marketId: string) => string;
}) {
  const { additions, removals, skipped } = card;
  return (
    <div class="basket-trades">
      <BasketFacts card={card} />
      <section>
        <h4>
          Came in: {additions.length === 0 ? "nothing" : countOf(additions.length, "contract")}
        </h4>
        <ul class="list basket-changes">
          {additions.map(({ marketId, reason }) => (
            <li key={marketId}>
              <span class="basket-title" dir="auto">{titleOf(marketId)}</span>
              <span class="basket-reason">
                <Reason reason={reason} titleOf={titleOf} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h4>Left: {removals.length === 0 ? "nothing" : countOf(removals.length, "contract")}</h4>
        <ul class="list basket-changes">
          {removals.map(({ marketId, reason, finalReturn }, k) => (
            <li key={`${marketId} ${k}`}>
              <span class="basket-title" dir="auto">{titleOf(marketId)}</span>
              <span class="basket-reason">
                <Reason reason={reason} titleOf={titleOf} />; final return before costs{" "}
                <span class="number">{signedShareText(finalReturn)}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
      {skipped.length > 0 && (
        <section>
          <h4>Could not be bought: {countOf(skipped.length, "contract")}</h4>
          <ul class="list basket-changes">
            {skipped.map(({ marketId, reason }) => (
              <li key={marketId}>
                <span class="basket-title" dir="auto">{titleOf(marketId)}</span>
                <span class="basket-reason">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {refusals.map(({ decidedOn, rules }) => (
        <p key={decidedOn} class="basket-refused">
          An emergency rebalance asked for on {dayText(parseDay(decidedOn))} was refused:{" "}
          {rulesText(rules)}.
        </p>
      ))}
    </div>
  );
}

function Reason(
  { reason, titleOf }: { reason: string | null; titleOf: (marketId: string) => string },
) {
  const { words, rolled } = changeReason(reason);
  return rolled === null ? <>{words}</> : (
    <>
      {words} <bdi>{titleOf(rolled)}</bdi>
    </>
  );
}

function BasketFacts({ card }: { card: BasketCard }) {
  const { turnover, spreadCost, feeCost, rollCost, cashWeight, rules, mergedFrom } = card;
  const cost = spreadCost === null || feeCost === null ? null : spreadCost + feeCost;
  const share = (value: number | null) => shareText(value ?? NaN);
  const facts: readonly (readonly [string, string])[] = [
    ["Cash", share(cashWeight)],
    ["Turnover", share(turnover)],
    [
      "Cost of the trade",
      `${share(cost)} (spread ${share(spreadCost)}, fees ${share(feeCost)}; of it rolls ${
        share(rollCost)
      })`,
    ],
    ["Limits that changed it", rules.length === 0 ? "none" : rulesText(rules)],
    ...mergedFrom.length === 0
      ? []
      : [["Joined from", mergedFrom.map((id) => id.replaceAll("_", " ")).join(", ")] as const],
  ];
  return (
    <dl class="basket-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="basket-number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
