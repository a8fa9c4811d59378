import { isRecord, type Page } from "./fault_page.ts";
import type { FaultRule } from "./fault_plan.ts";

/** Fields whose values are one of a few words, and a word that no document names. */
const ENUMS: Readonly<Record<string, string>> = {
  version: "v3",
  status: "paused2",
  result: "void2",
  frequency: "fortnightly2",
  fee_type: "cubic2",
};

/**
 * Changes one field of one record of a page.
 *
 * @param page Changed in place: it is the caller's own copy.
 * @param draws Two numbers in [0, 1): which record and which field.
 * @returns What was done, `undefined` where no record has such a field.
 */
export function recordFault(
  page: Page,
  rule: FaultRule,
  draws: readonly [number, number],
): string | undefined {
  const rows = page.rows();
  const start = Math.floor(draws[0] * rows.length);
  for (let k = 0; k < rows.length; ++k) {
    const row = (start + k) % rows.length;
    const record = rows[row];
    if (!isRecord(record)) continue;
    const names = Object.keys(record).filter((name) => isMeant(rule, name, record[name]));
    const name = names[Math.floor(draws[1] * names.length)];
    if (name === undefined) continue;
    const changed = { ...record };
    if (rule.kind === "missingField") delete changed[name];
    else if (rule.kind === "newEnum") changed[name] = ENUMS[name] ?? `${record[name]}2`;
    else changed[name] = retyped(record[name]);
    page.setRows(rows.with(row, changed));
    return `row ${row}: ${name}`;
  }
  return undefined;
}

function isMeant({ kind, field }: FaultRule, name: string, value: unknown): boolean {
  if (field !== undefined) return name === field;
  if (kind === "newEnum") return name in ENUMS && value !== "";
  if (kind === "missingField") return true;
  return typeof value === "number" || typeof value === "string";
}

/** The value as another type, never one that reads as the same kind of value. */
function retyped(value: unknown): unknown {
  if (value === null) return {};
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (typeof value === "object") return JSON.stringify(value);
  const text = `${value}`;
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text.length;
}
