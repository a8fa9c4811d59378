import type { BasketsView } from "../../desk/baskets_view.ts";
import type { JudgedBasket } from "./basket_card.tsx";
import type { DatedBasket } from "./basket_dates.ts";
import { basketQuestionIds } from "./basket_ids.ts";
import type { DeskProps } from "../desk_props.ts";

/** Baskets of a date with the questions about them, and the emergencies refused since their trade. */
export function judgedBaskets(
  shown: readonly DatedBasket[],
  { view, find }: { readonly view: BasketsView; readonly find: DeskProps["find"] },
): JudgedBasket[] {
  return shown.map((dated) => {
    const { basket, card } = dated;
    const ids = basketQuestionIds(view.method, basket.id, { date: card.date });
    const next = view.cards.find((one) => one.basket === basket.id && one.date > card.date);
    return {
      dated,
      subject: find("basket", ids.basket) ?? null,
      returnsSubject: find("returns", ids.returns) ?? null,
      refusals: view.refusals.filter((refusal) =>
        refusal.basket === basket.id && refusal.decidedOn > card.decidedOn &&
        (next === undefined || refusal.decidedOn < next.decidedOn)
      ),
    };
  });
}
