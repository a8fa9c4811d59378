/// <reference lib="dom" />
import { useEffect, useMemo, useState } from "preact/hooks";
import { AccuracyPanel } from "./audit_accuracy_panel.tsx";
import { ContractText } from "./audit_contract.tsx";
import { Evidence } from "./audit_evidence.tsx";
import { type AuditIndex, sheetName } from "./audit_index.ts";
import type { Judgement } from "./audit_progress.ts";
import { isOpen, nextOpen, type QueueItem, queueItems } from "./audit_queue_state.ts";
import { orderKey, type Signing } from "./audit_signing.ts";
import { QueueStrip } from "./audit_strip.tsx";
import { ThemeChip } from "./audit_theme.tsx";
import { type PickedTheme, ThemePicker } from "./audit_theme_picker.tsx";
import { VerdictLine } from "./audit_verdict_line.tsx";
import type { DeskProps } from "../desk_props.ts";
import { readDraft } from "../draft.ts";
import { useKeptChoice } from "../kept_choice.ts";
import { SignBar } from "../sign_bar.tsx";
import { useKeys } from "../use_keys.ts";

/** The stratified queue: one contract at a time, right, wrong or unsure, and the accuracy as it grows. */
export function AuditQueue({ index, signing, ...desk }: DeskProps & {
  index: AuditIndex;
  signing: Signing;
}) {
  const { state, find, isDark, isActive, notify } = desk;
  const sheets = [...index.sheets.keys()];
  const [sheet, setSheet] = useKeptChoice("audit sheet", sheets[0] ?? "");
  const shown = index.sheets.has(sheet) ? sheet : sheets[0] ?? "";
  const entries = index.sheets.get(shown) ?? [];
  const items = useMemo(
    () => queueItems(entries, { find, signing }),
    [entries, find, signing],
  );
  const judgements = useMemo(
    () => items.flatMap(({ judgement }) => judgement === null ? [] : [judgement]),
    [items],
  );
  const [places, setPlaces] = useState<Readonly<Record<string, number>>>({});
  const at = places[shown] ?? Math.max(items.findIndex(isOpen), 0);
  // the first open contract is where a sheet is opened, not where it goes on by itself
  useEffect(() => setPlaces((old) => shown in old ? old : { ...old, [shown]: at }), [shown]);
  const go = (place: number) => {
    setPlaces((old) => ({ ...old, [shown]: (place + items.length) % items.length }));
  };
  const item = items[at];
  return (
    <div class="audit-grid">
      <div class="stack">
        <div class="row">
          <label for="audit-sheet">Sheet</label>
          <select
            id="audit-sheet"
            value={shown}
            onChange={(event) => setSheet(event.currentTarget.value)}
          >
            {sheets.map((one) => (
              <option key={one} value={one}>
                {sheetName(one)} ({index.sheets.get(one)!.length})
              </option>
            ))}
          </select>
        </div>
        <QueueStrip items={items} at={at} onGo={go} />
        {item === undefined ? <p>No contract is on an audit sheet of this run.</p> : (
          <Contract
            {...{ item, items, at, go, index, signing, notify, isDark, isActive }}
            themes={state.themes}
          />
        )}
      </div>
      <AccuracyPanel
        {...{ judgements, index, isDark }}
        sheet={shown}
        nStale={items.filter(({ subject }) => subject?.standing === "stale").length}
        nContracts={items.length}
        themes={state.themes}
        source={`${state.source}, as of ${state.asOf}`}
      />
    </div>
  );
}

function Contract({ item, items, at, go, index, signing, themes, isDark, isActive, notify }: {
  item: QueueItem;
  items: readonly QueueItem[];
  at: number;
  go: (place: number) => void;
  index: AuditIndex;
  signing: Signing;
  themes: DeskProps["state"]["themes"];
  isDark: boolean;
  isActive: boolean;
  notify: DeskProps["notify"];
}) {
  const { entry, subject } = item;
  const [blind, setBlind] = useKeptChoice("audit blind", "no");
  const draftKey = `audit ${entry.sheet} ${entry.marketId}`;
  const isMine = !isOpen(item) && !item.isByOther;
  const first = { draftKey, isPicking: blind === "yes" && isOpen(item) };
  const [held, setHeld] = useState({ ...first, isRuleOpen: false, isRevealed: false });
  // not remounted with each contract, so that no key press falls between two of them
  const local = held.draftKey === draftKey
    ? held
    : { ...first, isRuleOpen: false, isRevealed: false };
  const { isPicking, isRuleOpen, isRevealed } = local;
  const setPicking = (picks: boolean) => setHeld({ ...local, isPicking: picks });
  const toggleRule = () => setHeld({ ...local, isRuleOpen: !isRuleOpen });
  const setHiding = (hides: boolean) => {
    setBlind(hides ? "yes" : "no");
    setPicking(hides && isOpen(item));
  };
  const isHidden = blind === "yes" && !isMine && !isRevealed;
  const event = index.events.get(entry.eventId);

  const judge = async (verdict: Judgement["verdict"], rightTheme: string | null) => {
    if (subject === null) return notify("This run cannot store it: run notebook 04 again.");
    const { marketId, sheet, theme, classifier } = entry;
    const value = { marketId, sheet, theme, classifier };
    setPicking(false);
    const stored = signing.sign({
      subject,
      verdict: verdict === "right" ? "approve" : verdict === "wrong" ? "relabel" : "flag",
      value: verdict === "wrong" ? { ...value, rightTheme } : value,
      comment: readDraft(draftKey),
    });
    // who hid the classifier's answer wants to see it; who has no name yet is not led on
    if (isHidden || signing.me === null && !await stored) return;
    const next = nextOpen(items, at);
    if (next === at) notify(`All ${items.length} contracts of this sheet are judged.`);
    else go(next);
  };
  const pick = (theme: PickedTheme) => {
    if (!isHidden) return judge("wrong", theme);
    if (theme === null) return judge("unsure", null);
    return judge(theme === entry.theme ? "right" : "wrong", theme === entry.theme ? null : theme);
  };

  const step = (by: number) => () => go(at + by);
  useKeys([
    { key: "j", label: "Next contract", run: step(1) },
    { key: "k", label: "Contract before", run: step(-1) },
    { key: "ArrowRight", label: "Next contract", run: step(1) },
    { key: "ArrowLeft", label: "Contract before", run: step(-1) },
    { key: "o", label: "Next open contract", run: () => go(nextOpen(items, at)) },
    { key: "r", label: "Show or fold the rules", run: toggleRule },
    {
      key: "b",
      label: "Hide or show the classifier's answer before mine",
      run: () => setHiding(blind !== "yes"),
    },
    ...isHidden ? [{ key: "n", label: "Name the theme", run: () => setPicking(true) }] : [
      { key: "y", label: "The theme is right", run: () => void judge("right", null) },
      { key: "n", label: "The theme is wrong", run: () => setPicking(true) },
    ],
    { key: "d", label: "Unsure", run: () => void judge("unsure", null) },
  ], isActive);

  return (
    <article class="panel stack audit-contract" aria-label={`Contract ${at + 1}`}>
      <div class="row">
        <span class="muted" aria-live="polite">Contract {at + 1} of {items.length}</span>
        <span class="row audit-tools">
          <button
            type="button"
            class="button button-small"
            aria-keyshortcuts="k"
            onClick={step(-1)}
          >
            Back<kbd aria-hidden="true">k</kbd>
          </button>
          <button type="button" class="button button-small" aria-keyshortcuts="j" onClick={step(1)}>
            Next<kbd aria-hidden="true">j</kbd>
          </button>
          <label class="row">
            <input
              type="checkbox"
              checked={blind === "yes"}
              onChange={(change) => setHiding(change.currentTarget.checked)}
            />
            Hide the classifier's answer until I have named a theme<kbd aria-hidden="true">b</kbd>
          </label>
        </span>
      </div>
      <ContractText
        marketId={entry.marketId}
        title={entry.title}
        text={index.texts.get(entry.marketId)}
        isOpen={isRuleOpen}
        onToggle={toggleRule}
      />
      {isHidden
        ? <p class="claimed-theme muted">The classifier's theme is hidden.</p>
        : (
          <p class="claimed-theme">
            Claimed theme: <ThemeChip themes={themes} id={entry.theme} isDark={isDark} isLarge />
          </p>
        )}
      <VerdictLine
        {...{ item, isRevealed, themes, isDark }}
        overruled={subject === null ? undefined : signing.overruled.get(orderKey(subject))}
        onReveal={() => setHeld({ ...local, isRevealed: true, isPicking: false })}
      />
      {isPicking
        ? (
          <ThemePicker
            key={draftKey}
            {...{ themes, isDark }}
            left={isHidden ? null : entry.theme}
            label={isHidden
              ? "Which theme is it?"
              : "Which theme would be right? It then holds for all contracts of the event."}
            unknownLabel={isHidden
              ? "I cannot say: unsure"
              : "Wrong, but I cannot say what is right"}
            onPick={pick}
            onCancel={() => setPicking(false)}
          />
        )
        : (
          <SignBar
            subject={isMine ? subject : null}
            draftKey={draftKey}
            isBusy={subject === null || item.underway !== null}
            verdicts={isHidden ? [{ verdict: "relabel", label: "Name the theme …", key: "n" }] : [
              { verdict: "approve", label: "Right", key: "y", isPrimary: true },
              { verdict: "relabel", label: "Wrong …", key: "n" },
              { verdict: "flag", label: "Unsure", key: "d" },
            ]}
            onSign={(verdict) =>
              verdict === "relabel"
                ? setPicking(true)
                : void judge(verdict === "approve" ? "right" : "unsure", null)}
          />
        )}
      {subject === null && (
        <p class="muted">This run does not ask about this contract: run notebook 04 again.</p>
      )}
      {event !== undefined && !isHidden && (
        <Evidence event={event} index={index} look={{ themes, isDark }} />
      )}
    </article>
  );
}
