import { pairIndex } from "../core/pair_matrix.ts";
import { integerColumn, numberColumn, type Table, table } from "../core/table.ts";
import { correlationEvidence } from "./correlation_evidence.ts";
import { falseDiscovery } from "./false_discovery.ts";
import type { PairCorrelation } from "./pair_correlation.ts";
import type { TailCorrelation } from "./tail_correlation.ts";

/**
 * The checkpoint `02_correlation`: a row for each pair with enough common days.
 *
 * Columns: market_a, market_b, rho, overlap, zero_share, ci_low, ci_high, p_value, q_value, tail_rho,
 * tail_n. The interval and the p-value take the days as independent; `q_value` is Benjamini and
 * Hochberg's over all pairs of the table.
 *
 * NaN: null in the file. A correlation without variation has no interval and no p-value either;
 * `tail_rho` is also unknown where the pair has too few days with a large move.
 * Cost: O(pairs log pairs).
 *
 * @param pairs One-day moves correlated.
 * @param tail The same markets on days of large moves.
 * @throws {TypeError} If the two list different markets.
 */
export function correlationTable(
  pairs: PairCorrelation,
  tail: TailCorrelation,
  { kind }: { readonly kind: "spearman" | "pearson" },
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
  const n = pairs.rho.length;
  const ciLow = new Float64Array(n), ciHigh = new Float64Array(n), pValue = new Float64Array(n);
  const tailRho = new Float64Array(n), tailDays = new Int32Array(n);
  for (let k = 0; k < n; ++k) {
    const one = correlationEvidence(pairs.rho[k]!, pairs.overlap[k]!, { kind });
    ciLow[k] = one.ciLow;
    ciHigh[k] = one.ciHigh;
    pValue[k] = one.pValue;
    const at = pairIndex(markets.length, pairs.a[k]!, pairs.b[k]!);
    tailRho[k] = tail.rho.values[at]!;
    tailDays[k] = tail.days[at]!;
  }
  return table({
    market_a: { type: "string", codes: Int32Array.from(pairs.a), labels: markets },
    market_b: { type: "string", codes: Int32Array.from(pairs.b), labels: markets },
    rho: numberColumn(pairs.rho),
    overlap: integerColumn(pairs.overlap),
    zero_share: numberColumn(pairs.zeroShare),
    ci_low: { type: "number", values: ciLow },
    ci_high: { type: "number", values: ciHigh },
    p_value: { type: "number", values: pValue },
    q_value: { type: "number", values: falseDiscovery(pValue) },
    tail_rho: { type: "number", values: tailRho },
    tail_n: { type: "integer", values: tailDays },
  });
}
