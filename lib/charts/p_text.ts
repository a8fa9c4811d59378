/**
 * A p or q value for small print: 0.0004 → "<0.001", 0.03 → "0.030", 1 → "1".
 *
 * NaN gives "not measured".
 */
export function pText(p: number): string {
  if (Number.isNaN(p)) return "not measured";
  if (p < 0.001) return "<0.001";
  return p.toFixed(3).replace(/\.000$/, "");
}
