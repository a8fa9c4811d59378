/** What trading one dollar of a side costs beside its price, in dollars. */
export interface CostRate {
  /** Half the bid-ask spread. */
  readonly spread: number;
  /** The venue's fee. */
  readonly fee: number;
}

/** One trade, as its cost is asked. */
export interface TradeQuery {
  /** Index of the market in the price paths. */
  readonly market: number;
  /** Price of the traded side, in (0, 1]. */
  readonly sidePrice: number;
  /** Traded dollars of the side at that price, > 0, for a basket of 100. */
  readonly notional: number;
  /** Trade date. */
  readonly day: number;
}

/** Cost per dollar of a trade. Fees are symmetric in p and 1 − p a contract. */
export type TradeCost = (trade: TradeQuery) => CostRate;
