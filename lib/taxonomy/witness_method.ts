import { countText } from "../core/number_text.ts";
import { cellAt, columnOf, type Table } from "../core/table.ts";

/** The method whose clusters are held against themes. */
export interface WitnessMethod {
  /** As in the column `method` of `03_clusters`. */
  readonly method: string;
  /** For a reader: "HDBSCAN". */
  readonly name: string;
  /** Methods that notebook 03 compares. */
  readonly nMethods: number;
  /** Whether notebook 03 hands it on. */
  readonly isChosen: boolean;
}

/**
 * The method whose clusters are held against themes: the one that `03_methods` hands on, or Ward's
 * tree where that one has read titles.
 *
 * A witness that has read the same words as the classifier is no second witness, so methods whose
 * evidence is wording, alone or with prices, do not count.
 *
 * @param methods The checkpoint `03_methods`: method, name, evidence, is_handed_on.
 */
export function witnessMethod(methods: Table): WitnessMethod {
  const ids = columnOf(methods, "method", "string");
  const names = columnOf(methods, "name", "string");
  const evidence = columnOf(methods, "evidence", "string");
  const handed = columnOf(methods, "is_handed_on", "bool");
  for (let row = 0; row < methods.nRows; ++row) {
    if (cellAt(handed, row) !== true || cellAt(evidence, row) !== "prices") continue;
    const method = String(cellAt(ids, row));
    const name = String(cellAt(names, row) ?? method);
    return { method, name, nMethods: methods.nRows, isChosen: true };
  }
  return { method: "ward", name: "Ward", nMethods: methods.nRows, isChosen: false };
}

/**
 * Whose clusters these are and how much of what was studied they hold: "HDBSCAN, chosen in notebook
 * 03 among 14, places 35 of 100 studied events". Without a full stop.
 */
export function witnessText(
  { name, nMethods, isChosen }: WitnessMethod,
  { nPlaced, nStudied }: { readonly nPlaced: number; readonly nStudied: number },
): string {
  const how = isChosen
    ? `chosen in notebook 03 among ${nMethods}`
    : "as the method chosen in notebook 03 has read titles";
  return `${name}, ${how}, places ${countText(nPlaced)} of ${countText(nStudied)} studied events`;
}
