/// <reference lib="dom" />
import { useEffect, useRef, useState } from "preact/hooks";
import type { PriceAnswer } from "../../desk/desk_api.ts";
import type { DeskClient } from "../desk_props.ts";

/** Prices of one contract. */
export type PriceSeries = PriceAnswer["prices"][number];

/** Contracts of one question to the server. */
const MOST_ASKED = 100;
/** Pause in milliseconds before asking, so that walking down the list asks once. */
const PAUSE = 120;

/**
 * Prices of contracts as they arrive; each is asked for once as long as the run is the same.
 *
 * @param options.version Of the run. @returns By contract, `null` for one without prices.
 */
export function usePrices(
  client: DeskClient,
  marketIds: readonly string[],
  { version }: { readonly version: string },
): { readonly prices: ReadonlyMap<string, PriceSeries | null>; readonly error: string | null } {
  const held = useRef({ version, prices: new Map<string, PriceSeries | null>() });
  if (held.current.version !== version) held.current = { version, prices: new Map() };
  const { prices } = held.current;
  const [, redraw] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const asked = marketIds.join("\n");

  useEffect(() => {
    const missing = marketIds.filter((id) => !prices.has(id));
    if (missing.length === 0) return;
    let isCurrent = true;
    const ask = async () => {
      for (let at = 0; at < missing.length && isCurrent; at += MOST_ASKED) {
        const part = missing.slice(at, at + MOST_ASKED);
        const query = part.map((id) => `market=${encodeURIComponent(id)}`).join("&");
        const answer = await client.get<PriceAnswer>(`/api/prices?${query}`);
        for (const id of part) prices.set(id, null);
        for (const one of answer.prices) prices.set(one.marketId, one);
        if (isCurrent) redraw((count) => count + 1);
      }
    };
    const timer = setTimeout(() =>
      ask().then(
        () => isCurrent && setError(null),
        (cause: unknown) =>
          isCurrent && setError(cause instanceof Error ? cause.message : String(cause)),
      ), PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, asked, prices]);
  return { prices, error };
}
