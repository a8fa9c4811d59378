/// <reference lib="dom" />
import type { ComponentChild, ComponentType } from "preact";
import { useRef, useState } from "preact/hooks";
import { AuditDesk } from "./audit/audit_desk.tsx";
import { BasketDesk } from "./baskets/basket_desk.tsx";
import { DendrogramDesk } from "./dendrogram/dendrogram_desk.tsx";
import type { DeskProps } from "./desk_props.ts";
import { type TabId, TABS } from "./desk_tabs.ts";
import type { DeskServer } from "./fetch_client.ts";
import { useKeptChoice } from "./kept_choice.ts";
import { KeyHelp } from "./key_help.tsx";
import { type KeyList, keyList, KeyListContext } from "./key_list.ts";
import { Notices } from "./notices.tsx";
import { Overview } from "./overview.tsx";
import { ReviewerName } from "./reviewer_name.tsx";
import { reviewSummary } from "./review_summary.ts";
import { TabBar, useTab, useTabScroll } from "./tab_bar.tsx";
import { ThemeSwitch, useTheme } from "./theme_switch.tsx";
import { useDesk } from "./use_desk.ts";
import { useKeptFocus } from "./use_kept_focus.ts";
import { useKeys } from "./use_keys.ts";

const DESKS: Readonly<Record<Exclude<TabId, "overview">, ComponentType<DeskProps>>> = {
  dendrogram: DendrogramDesk,
  audit: AuditDesk,
  baskets: BasketDesk,
};

/** The review desk: who signs, what waits, and the desks under their tabs. */
export function App({ server, token }: { server: DeskServer; token: string }) {
  const keys = useRef<KeyList | null>(null);
  keys.current ??= keyList();
  return (
    <KeyListContext.Provider value={keys.current}>
      <Shell server={server} token={token} />
    </KeyListContext.Provider>
  );
}

function Shell({ server, token }: { server: DeskServer; token: string }) {
  const theme = useTheme();
  const [tab, openTab] = useTab();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [name, setName] = useKeptChoice("reviewer", "");
  const [isNameMissing, setNameMissing] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  const desk = useDesk(server, () => {
    const written = (nameField.current?.value ?? name).trim();
    if (written !== "") return written;
    setNameMissing(true);
    nameField.current?.focus();
    return null;
  });
  const { state, client, find, notice, notify } = desk;
  useKeptFocus();
  useTabScroll(tab);

  useKeys([
    ...TABS.map(({ id, label }, k) => ({
      key: String(k + 1),
      label: `Open ${label}`,
      run: () => openTab(id),
    })),
    { key: "u", label: "Undo what this page signed last", run: () => void client.undo() },
    { key: "?", label: "Show these keys", run: () => setHelpOpen(true) },
  ], true);

  const waiting = Object.fromEntries(
    (state === null ? [] : reviewSummary(state)).map((one) => [one.tab, one.open.length]),
  );

  return (
    <>
      <header class="masthead">
        <div class="row masthead-line">
          <h1>Basketry review desk</h1>
          {state !== null && (
            <span class={state.isSimulated ? "pill" : "muted"}>
              <bdi>{state.source}</bdi>
            </span>
          )}
          {state !== null && <span class="muted">as of {state.asOf}</span>}
          <div class="row masthead-tools">
            <ReviewerName
              name={name}
              field={nameField}
              isMissing={isNameMissing && name.trim() === ""}
              onName={setName}
            />
            <ThemeSwitch choice={theme.choice} onChoice={theme.setChoice} />
            <button
              type="button"
              class="button"
              aria-keyshortcuts="?"
              onClick={() => setHelpOpen(true)}
            >
              Keys <kbd aria-hidden="true">?</kbd>
            </button>
          </div>
        </div>
        <TabBar tab={tab} onTab={openTab} waiting={waiting} />
      </header>
      {desk.trouble !== null && (
        <div role="alert" class="row trouble">
          <span>{desk.trouble}</span>
          <button type="button" class="button" onClick={desk.retry}>Try again</button>
        </div>
      )}
      <main>
        {TABS.map(({ id, label }) => (
          <div
            key={id}
            id={`panel-${id}`}
            role="tabpanel"
            aria-labelledby={`tab-${id}`}
            hidden={id !== tab}
            class={`tab-panel tab-panel-${id}`}
            tabIndex={-1}
          >
            {id !== "overview" && <h2 class="visually-hidden">{label}</h2>}
            {state === null
              ? desk.trouble === null && <p class="muted">Asking the desk's server …</p>
              : (
                <DrawnWhileOpen isOpen={id === tab}>
                  {() =>
                    id === "overview"
                      ? <Overview {...{ state, client, find, token }} reviewer={name.trim()} />
                      : (
                        <DeskOf
                          desk={DESKS[id]}
                          given={{
                            ...{ state, find, client, notify, reviewer: name.trim() },
                            ...{ isDark: theme.isDark, isActive: id === tab },
                          }}
                        />
                      )}
                </DrawnWhileOpen>
              )}
          </div>
        ))}
      </main>
      <Notices notice={notice} onUndo={() => void client.undo()} onClose={desk.closeNotice} />
      <KeyHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
}

/**
 * What a tab shows, drawn anew only while it is open and once as it closes: a decision on one desk would
 * otherwise draw all the others too, which nobody sees. Nothing before it is opened first.
 */
function DrawnWhileOpen({ isOpen, children }: {
  isOpen: boolean;
  children: () => ComponentChild;
}) {
  const drawn = useRef<ComponentChild>(null);
  const wasOpen = useRef(false);
  if (isOpen || wasOpen.current) drawn.current = children();
  wasOpen.current = isOpen;
  return <>{drawn.current}</>;
}

function DeskOf({ desk: Desk, given }: { desk: ComponentType<DeskProps>; given: DeskProps }) {
  return <Desk {...given} />;
}
