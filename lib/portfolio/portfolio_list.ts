import { type AssetKey, assetOf, type PortfolioAssets } from "./asset_navs.ts";

/** A share of a portfolio. */
export interface Holding {
  readonly asset: AssetKey;
  /** Share at a rebalance; those of a portfolio add up to 1. */
  readonly weight: number;
}

/** Shares that a portfolio is brought back to every month. */
export interface Mixture {
  readonly key: string;
  /** Name for a reader. */
  readonly name: string;
  /** Stocks and bonds; the same with a tenth of something else; or one asset alone. */
  readonly role: "base" | "mixture" | "alone";
  /** What the tenth is; `null` without one. */
  readonly added: AssetKey | null;
  readonly holdings: readonly Holding[];
}

/** Key of the mixture of stocks and bonds alone. */
export const BASE = "base";

/** Key of stocks and bonds with a share of an asset. */
export function mixtureKey(asset: AssetKey): string {
  return `${BASE}_${asset}`;
}

/**
 * Every portfolio that is compared: stocks and bonds, the same with a share of each other asset,
 * each asset alone.
 *
 * The share is taken from stocks and bonds alike. Cash and bills are there as competitors of the
 * sleeves: they cut risk by the same share and cost nothing to hold. Gold and crypto are there since
 * an asset that diversifies is what a sleeve has to be better than.
 *
 * Without stocks or bonds only the assets alone are left.
 *
 * Cost: O(assets).
 *
 * @param options.stockShare Share of stocks before the sleeve, in [0, 1].
 * @param options.sleeveShare Share of what is added, in [0, 1].
 * @throws {RangeError} If a share is not in [0, 1].
 */
export function portfolioList(
  from: PortfolioAssets,
  { stockShare, sleeveShare }: { readonly stockShare: number; readonly sleeveShare: number },
): Mixture[] {
  for (const [name, share] of [["stockShare", stockShare], ["sleeveShare", sleeveShare]] as const) {
    if (share >= 0 && share <= 1) continue;
    throw new RangeError(`Cannot mix assets as ${name} must be in [0, 1]: got ${share}`);
  }
  const alone = from.assets.filter(({ kind }) => kind !== "cash").map((asset): Mixture => ({
    ...{ key: asset.key, name: capital(asset.name), role: "alone", added: null },
    holdings: [{ asset: asset.key, weight: 1 }],
  }));
  if (assetOf(from, "stocks") === undefined || assetOf(from, "bonds") === undefined) return alone;
  const name = `${percent(stockShare)}/${percent(1 - stockShare)}`;
  const base = (left: number): Holding[] => [
    { asset: "stocks", weight: left * stockShare },
    { asset: "bonds", weight: left * (1 - stockShare) },
  ];
  const added = from.assets.filter(({ key }) => key !== "stocks" && key !== "bonds");
  return [
    { ...{ key: BASE, name, role: "base", added: null }, holdings: base(1) },
    ...added.map((asset): Mixture => ({
      key: mixtureKey(asset.key),
      name: `${name} + ${percent(sleeveShare)} % ${asset.name}`,
      ...{ role: "mixture", added: asset.key },
      holdings: [...base(1 - sleeveShare), { asset: asset.key, weight: sleeveShare }],
    })),
    ...alone,
  ];
}

function percent(share: number): string {
  return `${+(100 * share).toFixed(1)}`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
