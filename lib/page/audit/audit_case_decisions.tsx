/// <reference lib="dom" />
import { useState } from "preact/hooks";
import type { AuditEvent } from "../../desk/audit_events.ts";
import type { AuditSide } from "../../desk/audit_view.ts";
import type { Verdict } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { countOf } from "../../core/number_text.ts";
import { SharedComment, SubjectDecision } from "./audit_decision.tsx";
import { ExcludeForm } from "./audit_exclude_form.tsx";
import { orderKey, type Signing } from "./audit_signing.ts";
import { StrangerText } from "./audit_text.tsx";
import type { DeskThemes } from "./audit_theme.tsx";
import { ThemePicker } from "./audit_theme_picker.tsx";
import type { DeskProps } from "../desk_props.ts";
import { readDraft } from "../draft.ts";
import { useKeys } from "../use_keys.ts";

const SIDES = [
  { side: 1, words: "more", key: "m", label: "More" },
  { side: -1, words: "less", key: "l", label: "Less" },
  { side: 0, words: "neither", key: "e", label: "Neither" },
] as const;

/** What a person may correct of a case: its event's theme, its side, whether it may be held. */
export function CaseDecisions(
  { event, marketId, side, signing, find, themes, asOf, isDark, isActive }:
    & Pick<DeskProps, "find" | "isDark" | "isActive">
    & {
      event: AuditEvent;
      marketId: string;
      side: AuditSide | undefined;
      signing: Signing;
      themes: DeskThemes;
      asOf: string;
    },
) {
  const [open, setOpen] = useState<"theme" | "contract" | null>(null);
  const subjects = {
    theme: find("theme", event.eventId),
    side: find("side", marketId),
    contract: find("contract", marketId),
  };
  const draftKey = `case ${marketId}`;
  const sign = (
    subject: StandingSubject | undefined,
    verdict: Verdict,
    value: Readonly<Record<string, unknown>> = {},
  ) => {
    setOpen(null);
    if (subject === undefined || signing.pending.has(orderKey(subject))) return;
    void signing.sign({ subject, verdict, value, comment: readDraft(draftKey) });
  };
  const signSide = (own: -1 | 0 | 1) =>
    own === side?.side && !side.isByPerson
      ? sign(subjects.side, "approve")
      : sign(subjects.side, "relabel", { side: own });

  useKeys([
    ...subjects.theme === undefined ? [] : [
      {
        key: "y",
        label: "The theme by words is right",
        run: () => sign(subjects.theme, "approve"),
      },
      { key: "n", label: "Another theme is right", run: () => setOpen("theme") },
      { key: "d", label: "Unsure about the theme", run: () => sign(subjects.theme, "flag") },
    ],
    ...subjects.side === undefined ? [] : SIDES.map(({ key, words, side: own }) => ({
      ...{ key, label: `YES means ${words} of the theme's driver`, run: () => signSide(own) },
    })),
    ...subjects.contract === undefined
      ? []
      : [{ key: "x", label: "Exclude the contract", run: () => setOpen("contract") }],
  ], isActive);

  return (
    <section class="stack decisions" aria-label="Your decisions">
      <SharedComment draftKey={draftKey} subjects={Object.values(subjects)} />
      <SubjectDecision
        heading={`Theme of the event (${countOf(event.nContracts, "contract")})`}
        subject={subjects.theme}
        themes={themes}
        isDark={isDark}
      >
        <button
          type="button"
          class="button button-primary"
          onClick={() => sign(subjects.theme, "approve")}
        >
          Words are right
          <kbd aria-hidden="true">y</kbd>
        </button>
        <button type="button" class="button" onClick={() => setOpen("theme")}>
          Another theme …<kbd aria-hidden="true">n</kbd>
        </button>
        <button type="button" class="button" onClick={() => sign(subjects.theme, "flag")}>
          Unsure<kbd aria-hidden="true">d</kbd>
        </button>
      </SubjectDecision>
      {open === "theme" && (
        <ThemePicker
          {...{ themes, isDark }}
          left={event.wordsTheme}
          label="Which theme is right for all contracts of the event?"
          unknownLabel={null}
          onPick={(theme) => theme !== null && sign(subjects.theme, "relabel", { theme })}
          onCancel={() => setOpen(null)}
        />
      )}
      <SubjectDecision
        heading="Side: how much of the theme's driver does YES mean?"
        subject={subjects.side}
        themes={themes}
        isDark={isDark}
      >
        {SIDES.map(({ side: own, label, key }) => (
          <button
            key={key}
            type="button"
            class="button"
            onClick={() => signSide(own)}
          >
            {label}
            {own === side?.side && (
              <span class="muted">({side.isByPerson ? "by a person" : "by rule"})</span>
            )}
            <kbd aria-hidden="true">{key}</kbd>
          </button>
        ))}
        <button type="button" class="button" onClick={() => sign(subjects.side, "flag")}>
          Unsure
        </button>
      </SubjectDecision>
      {side !== undefined && (
        <p class="muted side-reason">
          By rule: <StrangerText text={side.reasoning} />
        </p>
      )}
      <SubjectDecision
        heading="Contract"
        subject={subjects.contract}
        themes={themes}
        isDark={isDark}
      >
        <button type="button" class="button" onClick={() => sign(subjects.contract, "approve")}>
          May be held
        </button>
        <button type="button" class="button" onClick={() => setOpen("contract")}>
          Exclude …<kbd aria-hidden="true">x</kbd>
        </button>
        <button type="button" class="button" onClick={() => sign(subjects.contract, "flag")}>
          Unsure
        </button>
      </SubjectDecision>
      {open === "contract" && (
        <ExcludeForm
          asOf={asOf}
          onExclude={(since) => sign(subjects.contract, "exclude", { since })}
          onCancel={() => setOpen(null)}
        />
      )}
    </section>
  );
}
