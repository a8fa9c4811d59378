import type { GammaMarket } from "./gamma_record.ts";

/** Generation of the contracts that a market trades on. */
export type Protocol = "v1" | "v2";

/**
 * The protocol of a record, by its `version` alone.
 *
 * A record without a version is `v1`: the field came with the second protocol in October 2026, so that
 * what was read or kept before has none, and all markets were `v1` then. Which id fields are there
 * says nothing: combination legs of `v1` have `positionIds` too.
 */
export function protocolOf({ version }: Pick<GammaMarket, "version">): Protocol {
  return version ?? "v1";
}

/** The field of a record that lists its tokens. */
export function tokenField(record: Pick<GammaMarket, "version">): "clobTokenIds" | "positionIds" {
  return protocolOf(record) === "v1" ? "clobTokenIds" : "positionIds";
}

/**
 * Token id of the quoted outcome, `outcomes[0]`, under the record's protocol: `clobTokenIds[0]` of
 * `v1`, `positionIds[0]` of `v2`; `null` where the market is not tradeable yet.
 */
export function quotedToken(
  record: Pick<GammaMarket, "version" | "clobTokenIds" | "positionIds">,
): string | null {
  const token = record[tokenField(record)]?.[0];
  return token === undefined || token === "" ? null : token;
}
