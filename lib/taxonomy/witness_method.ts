import { cellAt, columnOf, type Table } from "../core/table.ts";

/**
 * The method whose clusters are held against themes: the one that `03_methods` hands on, or Ward's
 * tree where that one has read titles.
 *
 * A witness that has read the same words as the classifier is no second witness, so methods whose
 * evidence is wording, alone or with prices, do not count.
 *
 * @param methods The checkpoint `03_methods`: method, evidence, is_handed_on.
 */
export function witnessMethod(methods: Table): string {
  const names = columnOf(methods, "method", "string");
  const evidence = columnOf(methods, "evidence", "string");
  const handed = columnOf(methods, "is_handed_on", "bool");
  for (let row = 0; row < methods.nRows; ++row) {
    if (cellAt(handed, row) === true && cellAt(evidence, row) === "prices") {
      return String(cellAt(names, row));
    }
  }
  return "ward";
}
