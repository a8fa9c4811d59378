/**
 * JSON text with the keys of every object sorted, two spaces of indent and a newline at its end:
 * equal values give equal bytes, whatever order their fields were set in.
 *
 * Refuses what JSON would change in silence: NaN and infinities (written as null), `undefined`
 * and functions (dropped), dates, maps and other objects that are not plain.
 *
 * @throws {TypeError} If a value has no exact JSON form; the message says where it is.
 *
 * @example The order of the fields does not matter
 * ```ts
 * import assert from "node:assert/strict";
 * import { canonicalJson } from "lib/store/canonical_json.ts";
 * assert.equal(canonicalJson({ b: 1, a: [2] }), canonicalJson({ a: [2], b: 1 }));
 * ```
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value, "$"), null, 2) + "\n";
}

function sorted(value: unknown, at: string): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return Array.from(value, (item, i) => sorted(item, `${at}[${i}]`));
  if (typeof value === "object" && isPlain(value)) {
    const keys = Object.keys(value).sort();
    const record = value as Record<string, unknown>;
    return Object.fromEntries(keys.map((key) => [key, sorted(record[key], `${at}.${key}`)]));
  }
  const got = typeof value === "object" ? value.constructor?.name : String(value);
  throw new TypeError(`Cannot write JSON as ${at} must be a plain value: got ${got}`);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
