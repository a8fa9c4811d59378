/** Why a value changed, in points of a value that starts at 100; costs are ≤ 0. */
export interface ChangeParts {
  /** Changes of marks before contracts resolve. */
  readonly drift: number;
  /** From the last mark to the payout. */
  readonly resolution: number;
  readonly spread: number;
  readonly fees: number;
  /** Spread and fees of moving a ticker's position to its next contract. */
  readonly rolls: number;
  /** Interest on cash. */
  readonly cash: number;
}

/** The parts in the order in which they are drawn, with their names. */
export const CHANGE_PARTS = [
  { key: "drift", name: "Price drift" },
  { key: "resolution", name: "Resolution jumps" },
  { key: "spread", name: "Spread" },
  { key: "fees", name: "Fees" },
  { key: "rolls", name: "Rolls" },
  { key: "cash", name: "Cash interest" },
] as const satisfies readonly { readonly key: keyof ChangeParts; readonly name: string }[];

/** The sum of all parts. */
export function totalChange(parts: ChangeParts): number {
  return CHANGE_PARTS.reduce((sum, { key }) => sum + parts[key], 0);
}
