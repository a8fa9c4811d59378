import { pairIndex } from "../core/pair_matrix.ts";
import { integerColumn, numberColumn, type Table, table } from "../core/table.ts";
import { correlationEvidence } from "./correlation_evidence.ts";
import { falseDiscovery } from "./false_discovery.ts";
import type { PairCorrelation } from "./pair_correlation.ts";
import type { TailCorrelation } from "./tail_correlation.ts";

/**
 * The checkpoint `02_correlation`: a row for each pair with enough common days.
 *
 * Columns: market_a, market_b, same_event, rho, overlap, zero_share, ci_low, ci_high, p_value,
 * q_value, tail_rho, tail_n. The interval and the p-value take the days as independent; `q_value` is
 * Benjamini and Hochberg's over the pairs of one event and over those of different events, each by
 * themselves: outcomes of one event are related by construction, and in one family with the others
 * they would pay for false discoveries there.
 *
 * NaN: null in the file. A correlation without variation has no interval and no p-value either;
 * `tail_rho` is also unknown where the pair has too few days with a large move.
 * Cost: O(pairs log pairs).
 *
 * @param pairs One-day moves correlated.
 * @param tail The same markets on days of large moves.
 * @param options.events Event of each market.
 * @throws {TypeError} If the two list different markets, or there is not one event a market.
 */
export function correlationTable(
  pairs: PairCorrelation,
  tail: TailCorrelation,
  { kind, events }: {
    readonly kind: "spearman" | "pearson";
    readonly events: readonly string[];
  },
): Table {
  const { markets } = pairs, { ids } = tail.rho;
  const unequal = markets.findIndex((id, j) => id !== ids[j]);
  if (markets.length !== ids.length || unequal >= 0) {
    throw new TypeError(
      `Cannot join correlations as both must list the same markets in the same order: got ${
        markets.length !== ids.length
          ? `${markets.length} and ${ids.length}`
          : `"${markets[unequal]}" and "${ids[unequal]}" at ${unequal}`
      }`,
    );
  }
  if (events.length !== markets.length) {
    throw new TypeError(
      `Cannot join correlations as each of ${markets.length} markets must have an event: got ${events.length}`,
    );
  }
  const n = pairs.rho.length;
  const same = new Int8Array(n);
  const ciLow = new Float64Array(n), ciHigh = new Float64Array(n), pValue = new Float64Array(n);
  const tailRho = new Float64Array(n), tailDays = new Int32Array(n);
  for (let k = 0; k < n; ++k) {
    const one = correlationEvidence(pairs.rho[k]!, pairs.overlap[k]!, { kind });
    ciLow[k] = one.ciLow;
    ciHigh[k] = one.ciHigh;
    pValue[k] = one.pValue;
    same[k] = events[pairs.a[k]!] === events[pairs.b[k]!] ? 1 : 0;
    const at = pairIndex(markets.length, pairs.a[k]!, pairs.b[k]!);
    tailRho[k] = tail.rho.values[at]!;
    tailDays[k] = tail.days[at]!;
  }
  return table({
    market_a: { type: "string", codes: Int32Array.from(pairs.a), labels: markets },
    market_b: { type: "string", codes: Int32Array.from(pairs.b), labels: markets },
    same_event: { type: "bool", values: same },
    rho: numberColumn(pairs.rho),
    overlap: integerColumn(pairs.overlap),
    zero_share: numberColumn(pairs.zeroShare),
    ci_low: { type: "number", values: ciLow },
    ci_high: { type: "number", values: ciHigh },
    p_value: { type: "number", values: pValue },
    q_value: { type: "number", values: byFamily(pValue, same) },
    tail_rho: { type: "number", values: tailRho },
    tail_n: { type: "integer", values: tailDays },
  });
}

/** q-values within each family. */
function byFamily(pValue: Float64Array, family: Int8Array): Float64Array {
  const q = new Float64Array(pValue.length);
  for (const one of [0, 1]) {
    const own = falseDiscovery(pValue.map((p, k) => family[k] === one ? p : NaN));
    own.forEach((value, k) => {
      if (family[k] === one) q[k] = value;
    });
  }
  return q;
}
