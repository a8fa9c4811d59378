/// <reference lib="dom" />
import { useLayoutEffect, useRef } from "preact/hooks";
import { parseDay } from "../../core/day.ts";
import { fixedText, shareText } from "../../core/number_text.ts";
import type { BasketCard } from "../../desk/basket_cards.ts";
import type { PriceAnswer } from "../../desk/desk_api.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { BasketExclude } from "./basket_exclude.tsx";
import { exclusionOf } from "./basket_exclusion.ts";
import type { SignSubject } from "./basket_signing.ts";
import { BasketSparkline } from "./basket_sparkline.tsx";
import { weightReasonText } from "./basket_words.ts";
import { keepDraft } from "../draft.ts";

/** Which member the keys mean, and whether its exclusion is asked about. */
export interface MemberChoice {
  /** Index among the members; `null` none. */
  readonly at: number | null;
  readonly isExcluding: boolean;
}

/** Days of prices before a trade that are drawn. */
const DRAWN_DAYS = 90;

/** What a basket holds after a trade, heaviest first; each contract may be excluded. */
export function BasketMembers(
  { card, titleOf, contractOf, prices, scale, choice, onChoice, sign, isBusy }: {
    card: BasketCard;
    titleOf: (marketId: string) => string;
    contractOf: (marketId: string) => StandingSubject | undefined;
    prices: ReadonlyMap<string, PriceAnswer["prices"][number]>;
    /** Weight of a full bar. */
    scale: number;
    choice: MemberChoice;
    onChoice: (choice: MemberChoice) => void;
    sign: SignSubject;
    isBusy: boolean;
  },
) {
  const rows = useRef<(HTMLTableRowElement | null)[]>([]);
  useLayoutEffect(() => {
    if (choice.at !== null && !choice.isExcluding) rows.current[choice.at]?.focus();
  }, [choice.at, choice.isExcluding]);
  const added = new Set(card.additions.map(({ marketId }) => marketId));

  return (
    <table class="basket-members">
      <thead>
        <tr>
          <th scope="col">Weight</th>
          <th scope="col">Side</th>
          <th scope="col">Contract and why it has this weight</th>
          <th scope="col">Price of YES</th>
          <th scope="col">
            <span class="visually-hidden">Exclude</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {card.members.map((member, k) => {
          const { marketId, side, weight, reason } = member;
          const title = titleOf(marketId), subject = contractOf(marketId);
          const exclusion = exclusionOf(subject, card.decidedOn);
          const isChosen = choice.at === k;
          return (
            <tr
              key={`${marketId} ${side}`}
              ref={(row) => {
                rows.current[k] = row;
              }}
              tabIndex={-1}
              class={exclusion?.isOut ? "basket-member basket-member-out" : "basket-member"}
              aria-current={isChosen ? "true" : undefined}
              onClick={() => isChosen || onChoice({ at: k, isExcluding: false })}
            >
              <td class="basket-weight">
                <span class="basket-bar" aria-hidden="true">
                  <span style={{ width: `${(100 * weight) / scale}%` }} />
                </span>
                <span class="number">{fixedText(weight * 100, 1)}%</span>
              </td>
              <td>
                <span class={`basket-side basket-side-${side}`}>{side.toUpperCase()}</span>
              </td>
              <td>
                <span class="basket-title" dir="auto">{title}</span>
                <span class="basket-reason">
                  {added.has(marketId) && <strong>New.</strong>} {weightReasonText(reason)}
                </span>
                {exclusion !== null && <strong class="basket-excluded">{exclusion.text}</strong>}
                {subject?.standing === "stale" && (
                  <span class="basket-excluded">an older decision on it is stale</span>
                )}
                {isChosen && choice.isExcluding && subject !== undefined && (
                  <BasketExclude
                    title={title}
                    decidedOn={card.decidedOn}
                    draftKey={excludeDraft(subject)}
                    isBusy={isBusy}
                    onExclude={(since, comment) => {
                      onChoice({ at: k, isExcluding: false });
                      void sign(subject, "exclude", { comment, value: { since } })
                        .then((isStored) => isStored && keepDraft(excludeDraft(subject), ""));
                    }}
                    onClose={() => onChoice({ at: k, isExcluding: false })}
                  />
                )}
              </td>
              <td class="basket-price">
                <PriceCell prices={prices.get(marketId)} date={card.date} />
              </td>
              <td>
                {subject !== undefined && (exclusion === null
                  ? (
                    <button
                      type="button"
                      class="button button-small"
                      aria-keyshortcuts="x"
                      onClick={(event) => {
                        event.stopPropagation();
                        onChoice({ at: k, isExcluding: true });
                      }}
                    >
                      Exclude<span class="visually-hidden">: {title}</span>
                      {isChosen && <kbd aria-hidden="true">x</kbd>}
                    </button>
                  )
                  : (
                    <button
                      type="button"
                      class="button button-small"
                      aria-disabled={isBusy}
                      onClick={() => void sign(subject, "withdraw")}
                    >
                      Take back<span class="visually-hidden">the exclusion of {title}</span>
                    </button>
                  ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The last close up to the trade, and the months before it: what was known. */
function PriceCell(
  { prices, date }: { prices: PriceAnswer["prices"][number] | undefined; date: string },
) {
  const day = parseDay(date);
  const last = prices?.days.findLastIndex((one) => one <= day) ?? -1;
  if (prices === undefined || last < 0) return <span class="muted">unknown</span>;
  const first = prices.days.findIndex((one) => one > day - DRAWN_DAYS);
  return (
    <>
      <BasketSparkline
        days={prices.days.slice(first, last + 1)}
        values={prices.closes.slice(first, last + 1)}
        width={72}
        height={22}
      />
      <span class="number">{shareText(prices.closes[last]!)}</span>
    </>
  );
}

/** Key under which the reason of an exclusion waits; the comment of a refused one is still there. */
function excludeDraft({ id }: StandingSubject): string {
  return `contract ${id}`;
}
