/// <reference lib="dom" />
import { useEffect, useRef } from "preact/hooks";
import { parseDay } from "../../core/day.ts";
import { countOf, dayText, shareText } from "../../core/number_text.ts";
import type { RefusedEmergency } from "../../desk/basket_cards.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import type { DatedBasket } from "./basket_dates.ts";
import { BasketMembers, type MemberChoice } from "./basket_members.tsx";
import { hueColour } from "./basket_plots.ts";
import { useMarketPrices } from "./basket_prices.ts";
import { BasketReturns, draftKeyOf } from "./basket_returns.tsx";
import type { SignSubject } from "./basket_signing.ts";
import { BasketSparkline } from "./basket_sparkline.tsx";
import { BasketTrades } from "./basket_trades.tsx";
import { rulesText } from "./basket_words.ts";
import type { DeskProps } from "../desk_props.ts";
import { SignBar } from "../sign_bar.tsx";
import { StandingBadge } from "../standing.tsx";

/** What all cards of a date share. */
export interface BasketCardContext extends Pick<DeskProps, "client" | "find" | "isDark"> {
  readonly method: string;
  readonly titleOf: (marketId: string) => string;
  /** Weight of a full bar. */
  readonly scale: number;
  readonly sign: SignSubject;
  readonly isBusy: boolean;
}

/** A basket after a trade, and the questions about it. */
export interface JudgedBasket {
  readonly dated: DatedBasket;
  /** What it holds; `null` where nobody is asked. */
  readonly subject: StandingSubject | null;
  /** Whether its returns match intuition; `null` where nobody is asked. */
  readonly returnsSubject: StandingSubject | null;
  readonly refusals: readonly RefusedEmergency[];
}

/** One card: a line that opens to members, trades, returns and the person's verdicts. */
export function BasketCard(
  { judged, isOpen, isChosen, focus, choice, onChoose, onOpen, onChoice, context }: {
    judged: JudgedBasket;
    isOpen: boolean;
    isChosen: boolean;
    /** Grows when the keys move to this card, which then takes the focus; 0 when they did not. */
    focus: number;
    choice: MemberChoice;
    onChoose: () => void;
    onOpen: (isOpen: boolean) => void;
    onChoice: (choice: MemberChoice) => void;
    context: BasketCardContext;
  },
) {
  const { subject, returnsSubject } = judged;
  const { basket, card, isTraded } = judged.dated;
  const header = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isChosen || focus === 0) return;
    header.current?.focus({ preventScroll: true });
    header.current?.scrollIntoView({ block: isOpen ? "start" : "nearest" });
  }, [isChosen, focus, isOpen]);
  const colour = hueColour(basket.hue, context.isDark);
  const value = basket.nav.values.at(-1);

  return (
    <article
      class="card basket-card"
      aria-label={`${basket.name}, ${dayText(parseDay(card.date))}`}
      aria-current={isChosen ? "true" : undefined}
      style={{ "--hue": colour }}
      onFocusIn={() => isChosen || onChoose()}
    >
      <h3>
        <button
          ref={header}
          type="button"
          class="basket-header"
          aria-expanded={isOpen}
          onClick={() => onOpen(!isOpen)}
        >
          <span class="basket-name">
            <span class="basket-chip" aria-hidden="true" />
            {basket.name}
          </span>
          <span class="basket-when">
            {isTraded ? "traded" : card.members.length > 0 ? "held since" : "in cash since"}{" "}
            {dayText(parseDay(card.date))}
            {card.kind === "emergency" && ", emergency"}
          </span>
          <span class="basket-count">
            {card.members.length === 0 ? "all in cash" : countOf(card.members.length, "contract")},
            cash {shareText(card.cashWeight ?? NaN)}
          </span>
          <span class="basket-moves">
            +{card.additions.length} −{card.removals.length}
            <span class="visually-hidden">contracts came in and left</span>
          </span>
          <BasketSparkline
            days={basket.nav.days}
            values={basket.nav.values}
            mark={parseDay(card.date)}
            colour={colour}
          />
          <span class="number basket-value">
            {value === undefined ? "no value" : value.toFixed(1)}
            <span class="visually-hidden">of 100 after costs</span>
          </span>
          <span class="row basket-badges">
            {subject !== null && <LabelledBadge label="Holds" subject={subject} />}
            {returnsSubject !== null && <LabelledBadge label="Returns" subject={returnsSubject} />}
          </span>
        </button>
      </h3>
      {isOpen && <CardBody judged={judged} choice={choice} onChoice={onChoice} context={context} />}
    </article>
  );
}

function LabelledBadge({ label, subject }: { label: string; subject: StandingSubject }) {
  return (
    <span class="basket-badge">
      <span class="muted">{label}</span> <StandingBadge standing={subject.standing} />
    </span>
  );
}

function CardBody({ judged, choice, onChoice, context }: {
  judged: JudgedBasket;
  choice: MemberChoice;
  onChoice: (choice: MemberChoice) => void;
  context: BasketCardContext;
}) {
  const { subject, returnsSubject, refusals } = judged;
  const { basket, card } = judged.dated;
  const { client, find, titleOf, sign, isBusy, method, isDark, scale } = context;
  const prices = useMarketPrices(client, card.members.map(({ marketId }) => marketId));
  return (
    <div class="basket-body">
      <div class="stack">
        {card.members.length === 0
          ? (
            <p>
              All in cash{card.rules.length > 0 && `: ${rulesText(card.rules)}`}.
            </p>
          )
          : (
            <BasketMembers
              contractOf={(marketId) => find("contract", marketId)}
              {...{ card, titleOf, prices, scale, choice, onChoice, sign, isBusy }}
            />
          )}
        <BasketTrades card={card} refusals={refusals} titleOf={titleOf} />
        <section class="stack basket-question">
          <h4>Is this what {basket.name} should hold?</h4>
          {subject === null
            ? (
              <p class="muted">
                Nobody is asked about this: a basket is a question after a trade that held or sold
                something, and of methods other than the main one only after the last.
              </p>
            )
            : (
              <SignBar
                subject={subject}
                label={`Your decision on what ${basket.name} holds`}
                verdicts={[
                  { verdict: "approve", label: "Approve", key: "a", isPrimary: true },
                  { verdict: "flag", label: "Flag", key: "f" },
                ]}
                onSign={(verdict, comment) => void sign(subject, verdict, { comment })}
                draftKey={draftKeyOf(subject)}
                isBusy={isBusy}
              />
            )}
        </section>
      </div>
      <BasketReturns
        subject={returnsSubject}
        date={card.date}
        {...{ basket, method, titleOf, sign, isBusy, isDark }}
      />
    </div>
  );
}
