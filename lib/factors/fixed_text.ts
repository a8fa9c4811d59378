/** Decimals with a true minus; what is unknown says so. */
export function fixed(x: number, decimals = 3): string {
  if (Number.isNaN(x)) return "unknown";
  const text = Math.abs(x).toFixed(decimals);
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
}
