import { heightText } from "../../charts/tree_marks.ts";
import type { TreeCut } from "./dendrogram_figure.tsx";
import type { TreeFrame } from "./dendrogram_frame.ts";

/** Another cut, shown beside the tree. */
export interface CutMark {
  readonly label: string;
  readonly height: number;
}

const LINE = 14;
/** Baselines nearest to the present cut's line, above and below its own two lines of words. */
const ABOVE = 14, BELOW = 31;

/** The present cut in words to the right of the tree, and other cuts as small pointers with theirs. */
export function CutMarks({ marks, frame, cut, top }: {
  marks: readonly CutMark[];
  frame: TreeFrame;
  cut: TreeCut;
  /** Height of the tree. */
  top: number;
}) {
  const cutY = frame.y(cut.height);
  const count = cut.nClusters.toLocaleString("en");
  return (
    <g font-size="11" text-anchor="start" stroke="none" fill="var(--ink)">
      {placedMarks(marks, { frame, cutY }).map(({ label, y, textY }) => (
        <g key={label}>
          {Math.abs(y - cutY) > 10 && <path d={`M${frame.right + 9},${y - 4}l-7,4l7,4z`} />}
          <text x={frame.right + 14} y={textY}>{label}</text>
        </g>
      ))}
      <g font-size="12" fill="var(--accent)">
        <text x={frame.right + 14} y={cutY + 1} font-weight="600">
          {cut.nClusters === 1 ? "1 cluster" : `${count} clusters`}
        </text>
        <text x={frame.right + 14} y={cutY + 15}>cut at {heightText(cut.height, top)}</text>
      </g>
    </g>
  );
}

/** Marks from the top down with the baselines of their words, apart from each other and the cut's. */
export function placedMarks(
  marks: readonly CutMark[],
  { frame, cutY }: { readonly frame: Pick<TreeFrame, "y">; readonly cutY: number },
): (CutMark & { readonly y: number; readonly textY: number })[] {
  const above = cutY - ABOVE, below = cutY + BELOW;
  let last = -Infinity;
  return marks.map((mark) => ({ ...mark, y: frame.y(mark.height) }))
    .sort((a, b) => a.y - b.y)
    .map((mark) => {
      const wanted = Math.max(mark.y + 4, last + LINE);
      const isFree = wanted <= above || wanted >= below;
      const fitsAbove = mark.y < cutY && last + LINE <= above;
      last = isFree ? wanted : fitsAbove ? above : below;
      return { ...mark, textY: last };
    });
}
