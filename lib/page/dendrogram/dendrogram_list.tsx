/// <reference lib="dom" />
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Evidence } from "./dendrogram_evidence.ts";
import { hueColour } from "./dendrogram_branches.tsx";
import type { ClusterRow } from "./dendrogram_rows.ts";
import { shareText, type StabilityBounds, stabilityWord } from "./dendrogram_words.ts";
import { StandingBadge } from "../standing.tsx";

const ROW = 40;
/** Greatest height of the list in pixels. */
const LONGEST = 560;
/** Rows drawn beyond those in sight. */
const SPARE = 6;

/**
 * The clusters at the present cut. Only rows in sight are in the document, so that a cut at 2,000
 * clusters costs what one at 20 does.
 *
 * @param chosen Ids of clusters picked for a merge; `null` while none is being made.
 */
export function ClusterList(
  { rows, selected, chosen, isDark, nameOf, evidenceOf, bounds, onSelect, onChoose }: {
    rows: readonly ClusterRow[];
    selected: ClusterRow | null;
    chosen: ReadonlySet<string> | null;
    isDark: boolean;
    nameOf: (row: ClusterRow) => string;
    evidenceOf: (row: ClusterRow) => Evidence;
    bounds: StabilityBounds;
    onSelect: (row: ClusterRow) => void;
    onChoose: (row: ClusterRow) => void;
  },
) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const place = selected === null ? -1 : rows.findIndex(({ id }) => id === selected.id);

  useLayoutEffect(() => {
    const { scrollTop, clientHeight } = list.current!;
    if (place < 0) return;
    if (place * ROW < scrollTop) list.current!.scrollTop = place * ROW;
    else if ((place + 1) * ROW > scrollTop + clientHeight) {
      list.current!.scrollTop = (place + 1) * ROW - clientHeight;
    }
  }, [selected?.id]);

  const within = Math.min(top, Math.max(rows.length * ROW - LONGEST, 0));
  const from = Math.max(0, Math.floor(within / ROW) - SPARE);
  const to = Math.min(rows.length, Math.ceil((within + LONGEST) / ROW) + SPARE);
  return (
    <div class="dendrogram-list-frame">
      <div class="dendrogram-row dendrogram-head" aria-hidden="true">
        <span />
        <span>Cluster</span>
        <span class="number">Size</span>
        <span class="number">Silhouette</span>
        <span>Stability</span>
        <span />
      </div>
      <div
        ref={list}
        class="dendrogram-list"
        role="listbox"
        tabIndex={0}
        aria-label="Clusters at the present cut"
        aria-multiselectable={chosen !== null}
        aria-activedescendant={place >= from && place < to ? rowId(rows[place]!) : undefined}
        style={{ height: `min(${rows.length * ROW}px, ${LONGEST}px, 70vh)` }}
        onScroll={() => setTop(list.current!.scrollTop)}
      >
        <div
          class="dendrogram-list-whole"
          role="presentation"
          style={{ height: `${rows.length * ROW}px` }}
        >
          {rows.slice(from, to).map((row, k) => {
            const { silhouette, stability } = evidenceOf(row);
            const isActive = row.id === selected?.id;
            return (
              <div
                key={k}
                id={rowId(row)}
                role="option"
                class={`list-item dendrogram-row${isActive ? " is-active" : ""}`}
                aria-selected={chosen === null ? isActive : chosen.has(row.id)}
                aria-setsize={rows.length}
                aria-posinset={from + k + 1}
                style={{ top: `${(from + k) * ROW}px` }}
                onClick={() => chosen === null ? onSelect(row) : onChoose(row)}
              >
                <span
                  class="dendrogram-swatch"
                  style={{ background: hueColour(row.hue, isDark) }}
                />
                <span class="dendrogram-name" title={nameOf(row)}>
                  {chosen !== null && (
                    <span aria-hidden="true">{chosen.has(row.id) ? "☑ " : "☐ "}</span>
                  )}
                  {row.number} · <bdi>{nameOf(row)}</bdi>
                </span>
                <span class="number">
                  <span class="visually-hidden">size</span> {row.size.toLocaleString("en")}
                </span>
                <span class="number">
                  <span class="visually-hidden">silhouette</span> {shareText(silhouette)}
                </span>
                <span>
                  <span class="visually-hidden">stability</span> {stability === null
                    ? <span class="muted">{row.change === null ? "not computed" : "next run"}</span>
                    : `${shareText(stability)} ${stabilityWord(stability, bounds)}`}
                </span>
                <span class="dendrogram-state">
                  {row.isPending
                    ? <span class="badge badge-signed">with the next run</span>
                    : row.subject !== null && <StandingBadge standing={row.subject.standing} />}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function rowId({ number }: ClusterRow): string {
  return `cluster-row-${number}`;
}
