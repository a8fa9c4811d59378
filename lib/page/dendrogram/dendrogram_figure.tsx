/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { RefObject } from "preact";
import { useId, useMemo, useRef, useState } from "preact/hooks";
import { shortText } from "../../charts/text_lines.ts";
import { DendrogramAxis } from "./dendrogram_axis.tsx";
import { branchPicture, DendrogramBranches } from "./dendrogram_branches.tsx";
import { CutLine } from "./dendrogram_cut_line.tsx";
import { treeFrame } from "./dendrogram_frame.ts";
import { StripLabels } from "./dendrogram_labels.tsx";
import { type CutMark, CutMarks } from "./dendrogram_marks.tsx";
import type { ClusterRow } from "./dendrogram_rows.ts";
import type { DeskTree } from "./dendrogram_tree.ts";
import { useWidth } from "./dendrogram_width.ts";
import { savePicture } from "../figure/save_picture.ts";
import { svgElement } from "../figure/svg_element.ts";

/** Where a tree is cut. */
export interface TreeCut {
  readonly nClusters: number;
  readonly height: number;
}

const HEIGHT = 392;
/** Room below a saved picture for where it comes from. */
const FOOTER = 18;

/**
 * The tree with a cut line that is dragged or moved by keys, and buttons that save what is seen.
 *
 * @param marks Other cuts, marked on the axis. @param slider Gets the cut line, for a key that goes there.
 * @param onCut Is told of every move; `isMoving` while the pointer is down.
 * @param onPick Is told the leaf that was clicked.
 */
export function DendrogramFigure(props: {
  desk: DeskTree;
  rows: readonly ClusterRow[];
  cut: TreeCut;
  marks: readonly CutMark[];
  selected: ClusterRow | null;
  title: string;
  description: string;
  /** Where it comes from, below a saved picture. */
  footer: string;
  isDark: boolean;
  nameOf: (row: ClusterRow) => string;
  slider: RefObject<HTMLDivElement | null>;
  onCut: (cut: TreeCut, isMoving: boolean) => void;
  onPick: (leaf: number) => void;
}) {
  const { desk, rows, cut, marks, selected, title, description, footer, isDark, nameOf } = props;
  const holder = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const ground = useRef<SVGSVGElement>(null);
  const picture = useRef<SVGSVGElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const width = useWidth(holder);
  const id = useId();
  const frame = useMemo(() => treeFrame(desk, { width, height: HEIGHT }), [desk, width]);

  const save = (form: "svg" | "png") => {
    setFailure(null);
    const whole = axis.current!.querySelector("svg")!.cloneNode(true) as SVGSVGElement;
    whole.removeAttribute("aria-hidden");
    whole.setAttribute("viewBox", `0 0 ${width} ${HEIGHT + FOOTER}`);
    const copies = (svg: SVGSVGElement) => [...svg.children].map((part) => part.cloneNode(true));
    const words = svgElement("text", {
      ...{ y: HEIGHT + 10, fill: "var(--muted)", "font-size": 11, "text-anchor": "start" },
    });
    words.textContent = shortText(footer, width, 11);
    const branches = branchPicture({ desk, rows, nClusters: cut.nClusters, frame, isDark });
    whole.append(...copies(ground.current!), branches, ...copies(picture.current!), words);
    savePicture(whole, { name: "dendrogram", title, form }).catch((error: unknown) =>
      setFailure(error instanceof Error ? error.message : String(error))
    );
  };
  const pick = (event: MouseEvent) => {
    const box = picture.current!.getBoundingClientRect();
    props.onPick(desk.order[frame.placeAt(event.clientX - box.left)]!);
  };

  return (
    <figure class="dendrogram-figure">
      <div ref={holder} class="dendrogram-frame">
        {width > 0 && (
          <>
            <DendrogramAxis frame={frame} holder={axis} />
            <svg
              ref={ground}
              class="plot dendrogram-ground"
              width={width}
              height={HEIGHT}
              viewBox={`0 0 ${width} ${HEIGHT}`}
              aria-hidden="true"
            >
              {selected !== null && selected.nodes.map((node) => (
                <rect
                  key={node}
                  x={frame.x(desk.first[node]!)}
                  y={frame.top}
                  width={Math.max(
                    frame.x(desk.first[node]! + desk.size[node]!) - frame.x(desk.first[node]!),
                    2,
                  )}
                  height={frame.bottom - frame.top}
                  fill="var(--chosen)"
                />
              ))}
            </svg>
            <DendrogramBranches {...{ desk, rows, frame, isDark, nClusters: cut.nClusters }} />
            <svg
              ref={picture}
              class="plot dendrogram-tree"
              width={width}
              height={HEIGHT}
              viewBox={`0 0 ${width} ${HEIGHT}`}
              role="img"
              aria-label={title}
              aria-describedby={`${id}-desc`}
              onClick={pick}
            >
              <title>{title}</title>
              <desc id={`${id}-desc`}>{description}</desc>
              <StripLabels {...{ desk, rows, frame, isDark, nameOf }} />
              <g stroke="var(--accent)" stroke-width="2">
                <line
                  x1={frame.left}
                  x2={frame.right + 6}
                  y1={frame.y(cut.height)}
                  y2={frame.y(cut.height)}
                />
              </g>
              <CutMarks {...{ marks, frame, cut }} top={desk.top} />
            </svg>
            <CutLine
              {...{ desk, frame, cut, slider: props.slider, onCut: props.onCut }}
            />
          </>
        )}
      </div>
      <figcaption class="row plot-figure-tools">
        <span aria-hidden="true">Save</span>
        {(["svg", "png"] as const).map((form) => (
          <button
            key={form}
            type="button"
            class="button button-small"
            onClick={() => save(form)}
          >
            {form.toUpperCase()}
            <span class="visually-hidden">: save “{title}”</span>
          </button>
        ))}
        {failure !== null && <span role="alert">{failure}</span>}
      </figcaption>
    </figure>
  );
}
