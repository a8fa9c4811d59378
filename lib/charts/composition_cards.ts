import { countOf, countText, dayText, shareText } from "../core/number_text.ts";
import type { ChartContext } from "./chart_context.ts";
import {
  type BasketCard,
  byWeight,
  CARD_WIDTH,
  cardHeight,
  compositionCard,
} from "./composition_card.ts";
import { type Figure, figure } from "./figure.ts";
import { BODY_WIDTH } from "./frame.ts";
import { pixelPanel } from "./pixel_panel.ts";
import { cleanText, shortText } from "./text_lines.ts";

/** What a method's baskets hold at one trade. */
export interface Composition {
  /** Whose baskets: "Hybrid, equal". */
  readonly name: string;
  /** UTC day of the trade. */
  readonly tradedOn: number;
  readonly baskets: readonly BasketCard[];
}

const NAME = "composition_cards";
const MAX_CARDS = 16, PER_CARD = 6, GAP = 16;

/**
 * What each basket holds, as cards: its contracts with weight, side, price and scheduled end.
 *
 * What was carried, as it could not be traded, is marked, and is not the largest weight of the title:
 * nobody chose it. Baskets with most contracts first, those that are all cash last. Bars are on one scale over all
 * cards. Beyond 16 baskets the smallest are left out; each says how many.
 *
 * @param options.perCard Most contracts that a card lists.
 * @throws {RangeError} If a weight is not in (0, 1], a price not in [0, 1], or a basket's weights and
 * cash do not add up to 1.
 */
export function compositionCardsChart(
  data: Composition,
  context: ChartContext,
  { perCard = PER_CARD }: { readonly perCard?: number } = {},
): Figure {
  data.baskets.forEach(check);
  if (data.baskets.length === 0) {
    return figure({
      name: NAME,
      title: "There is no basket, so nothing is held",
      subtitle: "Contracts that each basket holds.",
      alt: "Nothing is drawn: there is no basket.",
      context,
      body: "no baskets",
    });
  }
  const sorted = [...data.baskets].sort((a, b) =>
    b.contracts.length - a.contracts.length || (a.id < b.id ? -1 : 1)
  );
  const drawn = sorted.slice(0, MAX_CARDS);
  const topWeight = Math.max(
    ...drawn.flatMap(({ contracts }) => contracts.map(({ weight }) => weight)),
    0,
  );
  const isUnreviewed = context.reviewed === false;
  const placed: { card: BasketCard; left: number; top: number; height: number }[] = [];
  let top = 0;
  for (let i = 0; i < drawn.length; i += 2) {
    const pair = drawn.slice(i, i + 2);
    const height = Math.max(
      ...pair.map(({ contracts: { length } }) =>
        cardHeight(Math.min(length, perCard), length > perCard)
      ),
    );
    for (const [k, card] of pair.entries()) {
      const own = card.contracts.length === 0 ? cardHeight(0, false) : height;
      placed.push({ card, left: k * (BODY_WIDTH - CARD_WIDTH), top, height: own });
    }
    top += height + GAP;
  }
  const height = top - GAP;
  const nContracts = sum(sorted);
  const title = finding(sorted, nContracts);
  const nHidden = sorted.length - drawn.length;
  const nCarried = sorted.flatMap(({ contracts }) => contracts)
    .filter(({ isCarried }) => isCarried).length;
  return figure({
    name: NAME,
    title,
    subtitle: `${cleanText(data.name)}, as traded on ${
      dayText(data.tradedOn)
    }: weight as share of the basket’s value, side held, price of that side in cents, scheduled end (UTC). n\u00a0=\u00a0${
      countOf(sorted.length, "basket")
    }, ${countOf(nContracts, "contract")}.`,
    alt: `${title}. ${
      drawn.map(({ name, contracts, cash }) =>
        `${cleanText(name)}: ${countOf(contracts.length, "contract")}, cash ${shareText(cash)}`
      ).join("; ")
    }.`,
    context,
    notes: [
      "Effective number: contracts of equal weight that would be as concentrated, 1 / Σw² with weights as shares of what is invested.",
      ...(nCarried === 0 ? [] : [
        `Carried (${
          countOf(nCarried, "contract")
        }): no close fresh enough to trade at, so no limit can hold.`,
      ]),
      ...(nHidden === 0 ? [] : [
        `${countOf(nHidden, "basket")} with ${countOf(sum(sorted.slice(MAX_CARDS)), "contract")} ${
          nHidden === 1 ? "is" : "are"
        } not drawn.`,
      ]),
    ],
    height,
    body: [
      pixelPanel(
        { height },
        placed.flatMap(({ card, ...place }) =>
          compositionCard(card, { ...place, perCard, topWeight, isUnreviewed })
        ),
      ),
    ],
  });
}

function sum(baskets: readonly BasketCard[]): number {
  return baskets.reduce((total, { contracts }) => total + contracts.length, 0);
}

function finding(baskets: readonly BasketCard[], nContracts: number): string {
  const held = baskets.filter(({ contracts }) => contracts.length > 0);
  if (held.length === 0) {
    return baskets.length === 1
      ? "The basket holds no contract: all is cash"
      : `None of ${countOf(baskets.length, "basket")} holds a contract: all is cash`;
  }
  const traded = held.flatMap(({ name, contracts }) =>
    byWeight(contracts.filter(({ isCarried }) => !isCarried)).slice(0, 1)
      .map(({ title, weight }) => ({ name, title, weight }))
  );
  const hasCarried = held.some(({ contracts }) => contracts.some(({ isCarried }) => isCarried));
  const who = baskets.length === 1
    ? "The basket holds"
    : held.length === baskets.length
    ? `${baskets.length === 2 ? "Both" : `All ${countText(baskets.length)}`} baskets hold`
    : `${countText(held.length)} of ${countText(baskets.length)} baskets ${
      held.length === 1 ? "holds" : "hold"
    }`;
  const start = `${who} ${countOf(nContracts, "contract")}`;
  if (traded.length === 0) return `${start}, none of which could be traded`;
  const largest = traded.reduce((a, b) => b.weight > a.weight ? b : a);
  return `${start}; the largest weight ${hasCarried ? "traded " : ""}is ${
    shareText(largest.weight)
  } of ${cleanText(largest.name)}, “${shortText(largest.title, 300, 13)}”`;
}

function check({ id, contracts, cash }: BasketCard): void {
  for (const { marketId, weight, sidePrice } of contracts) {
    if (!(weight > 0 && weight <= 1) || sidePrice < 0 || sidePrice > 1) {
      throw new RangeError(
        `Cannot draw contract "${marketId}" as its weight must be in (0, 1] and its price in [0, 1]: got ${weight} at ${sidePrice}`,
      );
    }
  }
  const total = contracts.reduce((sum, { weight }) => sum + weight, cash);
  if (!(Math.abs(total - 1) < 1e-6)) {
    throw new RangeError(
      `Cannot draw basket "${id}" as its weights and its cash must add up to 1: got ${total}`,
    );
  }
}
