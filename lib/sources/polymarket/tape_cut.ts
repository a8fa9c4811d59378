/**
 * Name of the list of a contract's trades as far as a pull walks it.
 *
 * A walk that ends there leaves a crawl of this name behind: days before it are out of reach, and
 * later pulls do not try again, unless they may walk further.
 */
export function cutTapeName(marketId: string, nPages: number): string {
  return `first ${nPages} pages of trades of ${marketId}`;
}
