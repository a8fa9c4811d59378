/// <reference lib="dom" />
import { useEffect, useRef } from "preact/hooks";
import { parseDay } from "../../core/day.ts";
import { dayText } from "../../core/number_text.ts";
import type { ViewedThemeChange } from "../../desk/baskets_view.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { hueColour } from "./basket_plots.ts";
import { draftKeyOf } from "./basket_returns.tsx";
import type { SignSubject } from "./basket_signing.ts";
import { SignBar } from "../sign_bar.tsx";
import { StandingBadge } from "../standing.tsx";

/** A contract that changed theme, why, and whether a person takes that as right. */
export function BasketThemeChange(
  { change, title, subject, isOpen, isChosen, focus, onChoose, onOpen, sign, isBusy, isDark }: {
    change: ViewedThemeChange;
    title: string;
    subject: StandingSubject | null;
    isOpen: boolean;
    isChosen: boolean;
    /** Grows when the keys move here, which then takes the focus; 0 when they did not. */
    focus: number;
    onChoose: () => void;
    onOpen: (isOpen: boolean) => void;
    sign: SignSubject;
    isBusy: boolean;
    isDark: boolean;
  },
) {
  const header = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isChosen || focus === 0) return;
    header.current?.focus({ preventScroll: true });
    header.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen, focus]);
  useEffect(() => {
    if (isOpen && isChosen) {
      header.current?.closest("article")?.scrollIntoView({ block: "nearest" });
    }
  }, [isOpen]);
  const { from, to, decidedOn, decidedBefore, why } = change;

  return (
    <article
      class="card basket-card"
      aria-label={`Change of theme on ${dayText(parseDay(decidedOn))}`}
      aria-current={isChosen ? "true" : undefined}
      onFocusIn={() => isChosen || onChoose()}
    >
      <h4>
        <button
          ref={header}
          type="button"
          class="basket-header basket-change-header"
          aria-expanded={isOpen}
          onClick={() => onOpen(!isOpen)}
        >
          <span class="basket-title" dir="auto">{title}</span>
          <span>
            <ThemeName theme={from} isDark={isDark} />
            <span class="basket-arrow" aria-hidden="true">→</span>
            <span class="visually-hidden">became</span>
            <ThemeName theme={to} isDark={isDark} />
          </span>
          <span class="basket-when">{dayText(parseDay(decidedOn))}</span>
          <span class="basket-badges">
            {subject !== null && <StandingBadge standing={subject.standing} />}
          </span>
        </button>
      </h4>
      <p class="basket-why">
        {why}{" "}
        <span class="muted">The decision before was on {dayText(parseDay(decidedBefore))}.</span>
      </p>
      {isOpen && subject !== null && (
        <SignBar
          subject={subject}
          label={`Your decision on the change of ${dayText(parseDay(decidedOn))}`}
          verdicts={[
            { verdict: "approve", label: "Right", key: "a", isPrimary: true },
            { verdict: "flag", label: "Wrong", key: "f" },
          ]}
          onSign={(verdict, comment) => void sign(subject, verdict, { comment })}
          draftKey={draftKeyOf(subject)}
          isBusy={isBusy}
        />
      )}
    </article>
  );
}

function ThemeName({ theme, isDark }: { theme: ViewedThemeChange["from"]; isDark: boolean }) {
  return (
    <span class="basket-theme">
      <span
        class="basket-chip"
        aria-hidden="true"
        style={{ "--hue": hueColour(theme.hue, isDark) }}
      />
      {theme.name}
    </span>
  );
}
