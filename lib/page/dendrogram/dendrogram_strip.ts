import { textLines } from "../../charts/text_lines.ts";
import type { TreeFrame } from "./dendrogram_frame.ts";
import type { ClusterRow } from "./dendrogram_rows.ts";
import type { DeskTree } from "./dendrogram_tree.ts";

/** Words under a stretch of leaves. */
export interface StripLabel {
  readonly id: string;
  readonly x: number;
  /** One line, or two. */
  readonly lines: readonly string[];
  readonly hue: number;
}

const THICKNESS = 6, GAP = 3;
/** Pixels from which a cluster's number, and from which its name fits below it. */
const NUMBER_ROOM = 20, NAME_ROOM = 56;
const SIZE = 11;

/** Coloured strip below the leaves as one path a hue, so that 2,000 clusters are eight elements. */
export function stripPaths(
  desk: DeskTree,
  rows: readonly ClusterRow[],
  frame: TreeFrame,
): ReadonlyMap<number, string> {
  const pieces = new Map<number, string[]>();
  for (const { nodes, hue } of rows) {
    const own = pieces.get(hue) ?? [];
    pieces.set(hue, own);
    for (const node of nodes) {
      const from = frame.x(desk.first[node]!);
      const to = frame.x(desk.first[node]! + desk.size[node]!);
      const inset = to - from > 4 ? 0.75 : 0;
      const x = cut(from + inset), width = cut(to - from - 2 * inset);
      own.push(`M${x},${frame.bottom + GAP}h${width}v${THICKNESS}h${-width}z`);
    }
  }
  return new Map([...pieces].map(([hue, own]) => [hue, own.join("")]));
}

/** Numbers and names of the clusters that have room for them, in at most two lines of 11 pixels. */
export function stripLabels(
  desk: DeskTree,
  rows: readonly ClusterRow[],
  { frame, nameOf }: {
    readonly frame: TreeFrame;
    readonly nameOf: (row: ClusterRow) => string;
  },
): StripLabel[] {
  return rows.flatMap((row) => {
    const widest = row.nodes.reduce((a, b) => desk.size[b]! > desk.size[a]! ? b : a);
    const from = frame.x(desk.first[widest]!);
    const room = frame.x(desk.first[widest]! + desk.size[widest]!) - from - 8;
    if (room < NUMBER_ROOM) return [];
    const lines = room < NAME_ROOM
      ? [String(row.number)]
      : textLines(held(`${row.number} · ${nameOf(row)}`), { width: room, size: SIZE, maxLines: 2 });
    return [{ id: row.id, x: cut(from + room / 2 + 4), lines, hue: row.hue }];
  });
}

/** A line may end with the dot between two words, and not begin with it. */
function held(text: string): string {
  return text.replaceAll(" · ", "\u00a0· ");
}

function cut(value: number): number {
  return Math.round(value * 100) / 100;
}
