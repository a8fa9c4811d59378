import { cleanText } from "../../charts/text_lines.ts";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import { hueColour } from "./dendrogram_branches.tsx";
import { type DeskTree, leavesBelow } from "./dendrogram_tree.ts";

/** Titles shown of each branch. */
const SHOWN = 5;

/** The two branches that a split would make of a cluster, before it is signed. */
export function SplitPreview(
  { desk, view, branches, isDark, isBusy, nameOfNode, onSplit, onLeave }: {
    desk: DeskTree;
    view: DendrogramView;
    branches: readonly number[];
    isDark: boolean;
    isBusy: boolean;
    nameOfNode: (node: number) => string;
    onSplit: () => void;
    onLeave: () => void;
  },
) {
  return (
    <section class="card stack" aria-label="The branches of the split">
      <p>The split would make these clusters of it:</p>
      <div class="dendrogram-branches">
        {branches.map((node) => {
          const leaves = leavesBelow(desk, node);
          return (
            <div key={node}>
              <h4>
                <span
                  class="dendrogram-swatch"
                  style={{ background: hueColour(desk.hue[node]!, isDark) }}
                />
                <bdi>{nameOfNode(node)}</bdi> ({leaves.length.toLocaleString("en")})
              </h4>
              <ul class="dendrogram-small">
                {leaves.slice(0, SHOWN).map((leaf) => (
                  <li key={leaf}>
                    <bdi class="dendrogram-title">{cleanText(view.titles[leaf]!)}</bdi>
                  </li>
                ))}
                {leaves.length > SHOWN && (
                  <li class="muted">and {(leaves.length - SHOWN).toLocaleString("en")} more</li>
                )}
              </ul>
            </div>
          );
        })}
      </div>
      <div class="row">
        <button type="button" class="button button-primary" disabled={isBusy} onClick={onSplit}>
          Sign the split <kbd aria-hidden="true">Enter</kbd>
        </button>
        <button type="button" class="button" onClick={onLeave}>
          Leave <kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
    </section>
  );
}
