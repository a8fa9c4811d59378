import {
  boolColumn,
  cellAt,
  type Column,
  columnOf,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";
import { canonicalJson } from "../store/canonical_json.ts";
import { sha256Hex } from "../store/hash.ts";
import { SUBJECT_KINDS, type SubjectKind } from "./decision.ts";

/** Something that a person is asked about, as it is today. */
export interface Subject {
  readonly kind: SubjectKind;
  /** Unique within its kind, the same as long as it is the same question. */
  readonly id: string;
  /** {@link seenHash} of all that the person is shown and judges by. */
  readonly seen: string;
  /** The question in words. Untrusted. */
  readonly title: string;
  /** Whether the review waits for it; of the rest a person may say something. */
  readonly isRequired: boolean;
}

/**
 * Hash of what a person sees of a subject and judges by, sha256 over canonical JSON. A decision holds it,
 * and is stale as soon as today's is another.
 *
 * @param shown Plain JSON; numbers as they are, not as they are rounded for the eye.
 * @throws {TypeError} If it is not JSON.
 */
export function seenHash(shown: unknown): string {
  return sha256Hex(canonicalJson(shown));
}

/** The checkpoint `NN_review`: kind, subject_id, seen, title, is_required; in the order given. */
export function subjectTable(subjects: readonly Subject[]): Table {
  return table({
    kind: stringColumn(subjects.map(({ kind }) => kind)),
    subject_id: stringColumn(subjects.map(({ id }) => id)),
    seen: stringColumn(subjects.map(({ seen }) => seen)),
    title: stringColumn(subjects.map(({ title }) => title)),
    is_required: boolColumn(subjects.map(({ isRequired }) => isRequired)),
  });
}

/**
 * The subjects of a checkpoint `NN_review`.
 *
 * @throws {TypeError} If a column is missing or of another type.
 * @throws {RangeError} If a kind is unknown, or an id or a hash is missing.
 */
export function subjectsOf(from: Table): Subject[] {
  const [kind, id, seen, title] = (["kind", "subject_id", "seen", "title"] as const)
    .map((name) => columnOf(from, name, "string"));
  const isRequired = columnOf(from, "is_required", "bool");
  return Array.from({ length: from.nRows }, (_, row) => {
    const found = SUBJECT_KINDS.find((one) => one === cellAt(kind!, row));
    if (found === undefined) {
      throw new RangeError(
        `Cannot read subjects as kind must be one of ${SUBJECT_KINDS.join(", ")}: got ${
          cellAt(kind!, row)
        }`,
      );
    }
    return {
      kind: found,
      id: presentAt(id!, row, "subject_id"),
      seen: presentAt(seen!, row, "seen"),
      title: String(cellAt(title!, row) ?? ""),
      isRequired: cellAt(isRequired, row) === true,
    };
  });
}

function presentAt(column: Column, row: number, name: string): string {
  const text = cellAt(column, row);
  if (text === null || text === "") {
    throw new RangeError(
      `Cannot read subjects as ${name} must be there: got none in row ${row}`,
    );
  }
  return String(text);
}
