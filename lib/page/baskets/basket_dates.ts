import type { BasketCard } from "../../desk/basket_cards.ts";
import type { BasketsView, ViewedBasket } from "../../desk/baskets_view.ts";

/** A basket as it stands after the trades of a date. */
export interface DatedBasket {
  readonly basket: ViewedBasket;
  /** Its last trade up to the date. */
  readonly card: BasketCard;
  /** Whether it was traded on that date. */
  readonly isTraded: boolean;
}

/** The baskets of a date: those to judge, and those that are in cash. */
export interface BasketsOfDate {
  /** They hold something, or sold something on the date. */
  readonly shown: readonly DatedBasket[];
  readonly inCash: readonly DatedBasket[];
}

/**
 * Where every basket stands after the trades of a date. An emergency trades one basket; the others are
 * those of their own last trade.
 *
 * @param date ISO.
 */
export function basketsOfDate(
  { baskets, cards }: Pick<BasketsView, "baskets" | "cards">,
  date: string,
): BasketsOfDate {
  const byBasket = Map.groupBy(cards, (card) => card.basket);
  const all = baskets.flatMap((basket): DatedBasket[] => {
    const card = byBasket.get(basket.id)?.findLast((one) => one.date <= date);
    return card === undefined ? [] : [{ basket, card, isTraded: card.date === date }];
  });
  const isShown = ({ card, isTraded }: DatedBasket) =>
    card.members.length > 0 || isTraded && card.removals.length > 0;
  return { shown: all.filter(isShown), inCash: all.filter((one) => !isShown(one)) };
}

/** The trade date before (−1) or after (+1) a date; the date itself at either end. */
export function neighbourDate(dates: readonly string[], date: string, step: -1 | 1): string {
  return dates[dates.indexOf(date) + step] ?? date;
}
