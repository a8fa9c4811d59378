/// <reference lib="dom" />
import { useEffect } from "preact/hooks";

/**
 * Gives the focus a place when the element that had it goes: the nearest one around it that is still on
 * the screen, else the open tab. A keyboard would otherwise begin at the top of the page again.
 *
 * A notice passes, so from its buttons the focus goes back to where it was before.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let way: readonly HTMLElement[] = [];
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      way = target.closest(".notices, .trouble") === null ? wayUp(target) : [target, ...way];
    };
    // who presses on nothing takes the focus away on purpose
    const onPress = () => way = [];
    const observer = new MutationObserver(() => {
      const had = way[0];
      if (had === undefined || document.activeElement !== document.body || isShown(had)) return;
      const places = way.filter(isShown);
      const home = places.find(isPlace) ?? places[0] ?? document.querySelector<HTMLElement>(
        '[role="tabpanel"]:not([hidden])',
      );
      if (home === null) return;
      if (home.tabIndex < 0 && !home.hasAttribute("tabindex")) home.tabIndex = -1;
      home.focus({ preventScroll: true });
    });
    observer.observe(document.body, {
      ...{ childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] },
    });
    document.addEventListener("focusin", onFocus);
    document.addEventListener("pointerdown", onPress);
    return () => {
      observer.disconnect();
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("pointerdown", onPress);
    };
  }, []);
}

/** An element and those around it, as far as a tab, a dialog or the head of the page. */
function wayUp(target: HTMLElement): HTMLElement[] {
  const way: HTMLElement[] = [];
  for (let at: HTMLElement | null = target; at !== null; at = at.parentElement) {
    if (at === document.body || at.tagName === "MAIN" || at.tagName === "HEADER") break;
    way.push(at);
  }
  return way;
}

/** Whether a screen reader has a name for it, or it takes the focus anyway. */
function isPlace(element: HTMLElement): boolean {
  return ["tabindex", "aria-label", "aria-labelledby"].some((name) => element.hasAttribute(name)) ||
    ["BUTTON", "A", "INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

function isShown(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility();
}
