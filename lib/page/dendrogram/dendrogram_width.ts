/// <reference lib="dom" />
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Width of an element in whole pixels, followed as it changes; 0 until it is on the page. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    // a hidden desk has no width, and is drawn again when it is shown
    const measure = () => watched.clientWidth > 0 && setWidth(Math.floor(watched.clientWidth));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(watched);
    return () => watch.disconnect();
  }, []);
  return width;
}
