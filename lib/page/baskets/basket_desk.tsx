/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { useMemo, useState } from "preact/hooks";
import { cleanText } from "../../charts/text_lines.ts";
import { countOf } from "../../core/number_text.ts";
import type { BasketsView } from "../../desk/baskets_view.ts";
import type { Verdict } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { BasketCard, type BasketCardContext } from "./basket_card.tsx";
import { basketsOfDate, neighbourDate } from "./basket_dates.ts";
import { exclusionOf } from "./basket_exclusion.ts";
import { themeChangeQuestionId } from "./basket_ids.ts";
import { judgedBaskets } from "./basket_judged.ts";
import { draftKeyOf } from "./basket_returns.tsx";
import { useSigning } from "./basket_signing.ts";
import { useBasketStops } from "./basket_stops.ts";
import { BasketThemeChange } from "./basket_theme_change.tsx";
import { BasketToolbar } from "./basket_toolbar.tsx";
import { rulesText } from "./basket_words.ts";
import type { DeskProps } from "../desk_props.ts";
import { readDraft } from "../draft.ts";
import { useKeys } from "../use_keys.ts";
import { useView } from "../use_view.ts";

/** The desk of the baskets: one card for each basket and date, and the contracts that changed theme. */
export function BasketDesk(props: DeskProps) {
  const [method, setMethod] = useState<string | null>(null);
  const path = method === null
    ? "/api/baskets"
    : `/api/baskets?method=${encodeURIComponent(method)}`;
  const { view, error } = useView<BasketsView>(props.client, path, props.state.runRevision);
  if (view === null) {
    return error === null
      ? <p class="muted">Loading baskets …</p>
      : <p role="alert">The baskets cannot be shown: {error}</p>;
  }
  if (view.dates.length === 0) return <p>Nothing was traded, so there is no basket to judge.</p>;
  return (
    <>
      {error !== null && <p role="alert">The baskets could not be read again: {error}</p>}
      <LoadedDesk key={view.method} {...props} view={view} onMethod={setMethod} />
    </>
  );
}

function LoadedDesk(
  { view, onMethod, find, client, notify, isDark, isActive }: DeskProps & {
    view: BasketsView;
    onMethod: (method: string) => void;
  },
) {
  const [asked, setDate] = useState<string | null>(null);
  const date = asked !== null && view.dates.includes(asked) ? asked : view.dates.at(-1)!;
  const { isBusy, sign } = useSigning(client);
  const { shown, inCash } = useMemo(() => basketsOfDate(view, date), [view, date]);
  const judged = judgedBaskets([...shown, ...inCash], { view, find }).filter((one) =>
    shown.includes(one.dated) || one.returnsSubject !== null
  );
  const silent = inCash.filter((one) => !judged.some(({ dated }) => dated === one));
  const changes = view.themeChanges.map((change) => {
    const id = themeChangeQuestionId(change.marketId, change.decidedOn);
    return { change, key: `change ${id}`, subject: find("theme_change", id) ?? null };
  });
  const stops = useBasketStops([
    ...judged.map(({ dated: { basket, card } }) => ({
      ...{ key: basket.id, nMembers: card.members.length },
    })),
    ...changes.map(({ key }) => ({ key, nMembers: 0 })),
  ]);
  const here = judged.find(({ dated }) => dated.basket.id === stops.chosen) ?? null;
  const subject = here?.subject ?? changes.find(({ key }) => key === stops.chosen)?.subject ?? null;
  const titleOf = (id: string) => cleanText(Object.hasOwn(view.titles, id) ? view.titles[id]! : id);

  const signByKey = (one: StandingSubject | null, verdict: Verdict) => {
    if (stops.chosen === null) return;
    if (!stops.isOpen(stops.chosen)) {
      stops.open(stops.chosen, true);
      return notify("Opened. Look at it, then press the key again.");
    }
    if (one === null) return notify("Nobody is asked about this here, so nothing was signed.");
    void sign(one, verdict, { comment: readDraft(draftKeyOf(one)) });
  };
  const exclude = () => {
    const member = here?.dated.card.members[stops.choice.at ?? -1];
    if (here === null || member === undefined) {
      return notify("Choose a contract of an open card with the arrow keys first.");
    }
    const contract = find("contract", member.marketId);
    if (contract === undefined) return notify("Nobody is asked about this contract.");
    if (exclusionOf(contract, here.dated.card.decidedOn) !== null) {
      return notify("It is excluded already; “Take back” undoes it.");
    }
    stops.chooseMember(here.dated.basket.id, { at: stops.choice.at, isExcluding: true });
  };
  useKeys([
    { key: "j", label: "Next card", run: () => stops.moveStop(1) },
    { key: "k", label: "Card before", run: () => stops.moveStop(-1) },
    { key: "ArrowDown", label: "Next contract or card", run: () => stops.moveMember(1) },
    { key: "ArrowUp", label: "Contract or card before", run: () => stops.moveMember(-1) },
    {
      key: "Enter",
      label: "Open or close the card",
      run: () => stops.chosen !== null && stops.open(stops.chosen, !stops.isOpen(stops.chosen)),
    },
    { key: "a", label: "Approve", run: () => signByKey(subject, "approve") },
    { key: "f", label: "Flag", run: () => signByKey(subject, "flag") },
    {
      key: "A",
      label: "Returns match intuition (Shift)",
      run: () => signByKey(here?.returnsSubject ?? null, "approve"),
    },
    {
      key: "F",
      label: "Returns do not match intuition (Shift)",
      run: () => signByKey(here?.returnsSubject ?? null, "flag"),
    },
    { key: "x", label: "Exclude the chosen contract", run: exclude },
    {
      key: "[",
      label: "Trade date before",
      run: () => setDate(neighbourDate(view.dates, date, -1)),
    },
    { key: "]", label: "Next trade date", run: () => setDate(neighbourDate(view.dates, date, 1)) },
  ], isActive);

  const weights = shown.flatMap(({ card }) => card.members.map(({ weight }) => weight));
  const context: BasketCardContext = {
    ...{ client, find, isDark, sign, isBusy, titleOf, method: view.method },
    scale: Math.max(...weights, 0.01),
  };
  return (
    <div class="stack basket-desk">
      <BasketToolbar view={view} date={date} onMethod={onMethod} onDate={setDate} />
      <section class="stack" aria-label="Baskets">
        <p class="muted">
          {countOf(shown.length, "basket")} held or sold something
          {inCash.length > 0 && `, ${inCash.length} stood in cash`}; what settled contracts pay
          waits in cash for the next trade. Bars are weights on one scale over all cards; lines are
          the value after costs, their upright stroke the trade.
        </p>
        {judged.map((one) => {
          const key = one.dated.basket.id, isChosen = key === stops.chosen;
          return (
            <BasketCard
              key={key}
              judged={one}
              isOpen={stops.isOpen(key)}
              isChosen={isChosen}
              focus={isChosen ? stops.focus : 0}
              choice={isChosen ? stops.choice : { at: null, isExcluding: false }}
              onChoose={() => stops.choose(key)}
              onOpen={(isOpen) => stops.open(key, isOpen)}
              onChoice={(choice) => stops.chooseMember(key, choice)}
              context={context}
            />
          );
        })}
        {silent.length > 0 && (
          <p class="basket-in-cash">
            In cash:{" "}
            {silent.map(({ basket, card }) =>
              card.rules.length === 0 ? basket.name : `${basket.name} (${rulesText(card.rules)})`
            ).join(", ")}.
          </p>
        )}
      </section>
      <section class="stack" aria-labelledby="basket-theme-changes">
        <h3 id="basket-theme-changes">Markets that changed theme between rebalances, and why</h3>
        {changes.length === 0 && <p class="muted">None did.</p>}
        {changes.map(({ change, key, subject: question }) => (
          <BasketThemeChange
            key={key}
            isOpen={stops.isOpen(key)}
            isChosen={key === stops.chosen}
            focus={key === stops.chosen ? stops.focus : 0}
            title={titleOf(change.marketId)}
            subject={question}
            onChoose={() => stops.choose(key)}
            onOpen={(isOpen) => stops.open(key, isOpen)}
            {...{ change, sign, isBusy, isDark }}
          />
        ))}
      </section>
    </div>
  );
}
