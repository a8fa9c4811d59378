/// <reference lib="dom" />
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { cutHeight } from "../../cluster/cut.ts";
import { countAfterKey, countAtHeight } from "./dendrogram_cut.ts";
import type { TreeCut } from "./dendrogram_figure.tsx";
import type { TreeFrame } from "./dendrogram_frame.ts";
import type { DeskTree } from "./dendrogram_tree.ts";
import { cutText } from "./dendrogram_words.ts";

/** The line on which the tree is cut, as a slider: dragged, or moved by keys one merge at a time. */
export function CutLine({ desk, frame, cut, slider, onCut }: {
  desk: DeskTree;
  frame: TreeFrame;
  cut: TreeCut;
  slider: RefObject<HTMLDivElement | null>;
  onCut: (cut: TreeCut, isMoving: boolean) => void;
}) {
  const dragged = useRef<{ readonly offset: number; y: number } | null>(null);
  const request = useRef(0);
  useEffect(() => () => cancelAnimationFrame(request.current), []);

  const cutAt = (y: number): TreeCut => {
    const height = frame.heightAt(y);
    return { nClusters: countAtHeight(desk, height), height };
  };
  const placeOf = (event: PointerEvent) =>
    event.clientY - slider.current!.parentElement!.getBoundingClientRect().top;

  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    slider.current!.setPointerCapture(event.pointerId);
    slider.current!.focus({ preventScroll: true });
    dragged.current = { offset: frame.y(cut.height) - placeOf(event), y: frame.y(cut.height) };
    event.preventDefault();
  };
  const move = (event: PointerEvent) => {
    const drag = dragged.current;
    if (drag === null) return;
    drag.y = placeOf(event) + drag.offset;
    if (request.current !== 0) return;
    request.current = requestAnimationFrame(() => {
      request.current = 0;
      if (dragged.current !== null) onCut(cutAt(dragged.current.y), true);
    });
  };
  const release = () => {
    const drag = dragged.current;
    if (drag === null) return;
    dragged.current = null;
    cancelAnimationFrame(request.current);
    request.current = 0;
    onCut(cutAt(drag.y), false);
  };
  const pressKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const nClusters = countAfterKey(desk, cut.nClusters, event.key);
    if (nClusters === null) return;
    event.preventDefault();
    onCut({ nClusters, height: cutHeight(desk.tree, nClusters) }, false);
  };

  return (
    <div
      ref={slider}
      class="dendrogram-cut"
      role="slider"
      tabIndex={0}
      aria-label="Cut of the tree"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={rounded(frame.highest)}
      aria-valuenow={rounded(cut.height)}
      aria-valuetext={cutText(cut.nClusters, cut.height, desk.top)}
      style={{
        top: `${frame.y(cut.height) - 10}px`,
        left: `${frame.left}px`,
        width: `${frame.width - frame.left}px`,
      }}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
      onLostPointerCapture={release}
      onKeyDown={pressKey}
    >
      <span
        class="dendrogram-grip"
        aria-hidden="true"
        style={{ right: `${frame.width - frame.right}px` }}
      />
    </div>
  );
}

function rounded(height: number): number {
  return Math.round(height * 1e4) / 1e4;
}
