import { useEffect, useState } from "preact/hooks";
import type { PriceAnswer } from "../../desk/desk_api.ts";
import type { DeskClient } from "../desk_props.ts";

/** Closes by contract, as far as they are here. */
export type MarketPrices = ReadonlyMap<string, PriceAnswer["prices"][number]>;

/** Most contracts of one question. */
const MOST = 100;

/**
 * Closes of contracts. Without them, because they are on their way or cannot be had, the map is empty:
 * a card is judged by what is held, prices only help.
 */
export function useMarketPrices(client: DeskClient, marketIds: readonly string[]): MarketPrices {
  const [prices, setPrices] = useState<MarketPrices>(new Map());
  const wanted = JSON.stringify(marketIds);
  useEffect(() => {
    let isCurrent = true;
    const ids = JSON.parse(wanted) as string[];
    const paths = Array.from(
      { length: Math.ceil(ids.length / MOST) },
      (_, k) =>
        "/api/prices?" + ids.slice(k * MOST, (k + 1) * MOST)
          .map((id) => `market=${encodeURIComponent(id)}`).join("&"),
    );
    Promise.all(paths.map((path) => client.get<PriceAnswer>(path))).then(
      (answers) => {
        if (!isCurrent) return;
        setPrices(new Map(answers.flatMap((one) => one.prices.map((own) => [own.marketId, own]))));
      },
      () => isCurrent && setPrices(new Map()),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, wanted]);
  return prices;
}
