/**
 * A list of Gamma: `outcomes`, `outcomePrices`, `clobTokenIds` and `umaResolutionStatuses` are JSON
 * inside a JSON text, `"[\"Yes\", \"No\"]"`, while `positionIds` is a list. Both are taken here, and
 * nowhere else is such a text parsed.
 *
 * @returns `null` where there is none: null, absent, or empty text; `undefined` where it is neither a
 *   list nor the text of one.
 */
export function gammaList(raw: unknown): readonly unknown[] | null | undefined {
  if (raw === null || raw === undefined) return null;
  if (Array.isArray(raw)) return raw;
  if (typeof raw !== "string") return undefined;
  if (raw.trim() === "") return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    return undefined;
  }
  if (parsed === null) return null;
  return Array.isArray(parsed) ? parsed : undefined;
}
