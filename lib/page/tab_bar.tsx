/// <reference lib="dom" />
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { countText } from "../core/number_text.ts";
import { type TabId, tabOfHash, TABS } from "./desk_tabs.ts";

/** The open tab, held in the address so that a reload stays. */
export function useTab(): [TabId, (tab: TabId) => void] {
  const [tab, setTab] = useState(() => tabOfHash(location.hash));
  useEffect(() => {
    const onHash = () => setTab(tabOfHash(location.hash));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  const open = (next: TabId) => {
    if (tabOfHash(location.hash) !== next) location.hash = next;
    setTab(next);
  };
  return [tab, open];
}

/** Keeps how far each tab is scrolled; one that opens for the first time is at its top. */
export function useTabScroll(tab: TabId): void {
  const heights = useRef(new Map<TabId, number>());
  useLayoutEffect(() => {
    scrollTo(0, heights.current.get(tab) ?? 0);
    const onScroll = () => heights.current.set(tab, scrollY);
    addEventListener("scroll", onScroll);
    return () => removeEventListener("scroll", onScroll);
  }, [tab]);
}

/** The tabs; arrows go from one to the next, as in every list of tabs. */
export function TabBar({ tab, onTab, waiting }: {
  tab: TabId;
  onTab: (tab: TabId) => void;
  /** What waits on a tab, shown beside its name. */
  waiting: Readonly<Partial<Record<TabId, number>>>;
}) {
  const onPress = (event: KeyboardEvent) => {
    const at = TABS.findIndex(({ id }) => id === tab);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1 + TABS.length,
      Home: 0,
      End: TABS.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = TABS[to % TABS.length]!.id;
    onTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Desks" class="tab-bar" onKeyDown={onPress}>
      {TABS.map(({ id, label }, k) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={id === tab}
          aria-controls={`panel-${id}`}
          aria-keyshortcuts={String(k + 1)}
          tabIndex={id === tab ? 0 : -1}
          onClick={() => onTab(id)}
        >
          {label}
          {(waiting[id] ?? 0) > 0 && (
            <>
              <span class="tab-count" aria-hidden="true">{countText(waiting[id]!)}</span>
              <span class="visually-hidden">, {countText(waiting[id]!)} open</span>
            </>
          )}
        </button>
      ))}
    </div>
  );
}
