import type { DeskTree } from "./dendrogram_tree.ts";

/** Where the tree stands in its picture, in pixels. */
export interface TreeFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Where height 0 is. */
  readonly bottom: number;
  /** Upper end of the axis, a height. */
  readonly highest: number;
  /** Place of a height. */
  readonly y: (height: number) => number;
  /** Height of a place, within the axis. */
  readonly heightAt: (y: number) => number;
  /** Left edge of a leaf by its place along the page. */
  readonly x: (place: number) => number;
  /** Leaf's place along the page under an x, within the leaves. */
  readonly placeAt: (x: number) => number;
}

const MARGIN = { top: 28, right: 140, bottom: 46, left: 48 };

/** The frame of a tree in a picture of a size. */
export function treeFrame(
  desk: Pick<DeskTree, "top" | "tree">,
  { width, height }: { readonly width: number; readonly height: number },
): TreeFrame {
  const n = desk.tree.ids.length;
  const left = MARGIN.left, right = Math.max(width - MARGIN.right, left + 1);
  const top = MARGIN.top, bottom = height - MARGIN.bottom;
  const highest = desk.top * 1.03;
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  return {
    ...{ width, height, left, right, top, bottom, highest },
    y: (at) => bottom - (bottom - top) * (at / highest),
    heightAt: (y) => within(((bottom - y) / (bottom - top)) * highest, highest),
    x: (place) => left + (right - left) * (place / Math.max(n, 1)),
    placeAt: (x) => within(Math.floor(((x - left) / (right - left)) * n), Math.max(n - 1, 0)),
  };
}
