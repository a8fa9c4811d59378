/** Correlations and volatilities of a covariance matrix. */
export interface Standardised {
  /** n × n by rows, with a diagonal of exactly 1. */
  readonly rho: Float64Array;
  readonly volatility: Float64Array;
}

/**
 * Splits a covariance into correlations and volatilities.
 *
 * @param verb What the caller is about to do, for the message.
 * @throws {RangeError} If it is not square, or has a variance that is not above 0, or a number that
 * is not finite.
 */
export function standardised(covariance: Float64Array, verb: string): Standardised {
  const n = Math.round(Math.sqrt(covariance.length));
  if (n * n !== covariance.length) {
    throw new RangeError(
      `Cannot ${verb} as the covariance must be square: got ${covariance.length} numbers`,
    );
  }
  const volatility = Float64Array.from({ length: n }, (_, i) => Math.sqrt(covariance[i * n + i]!));
  const wrong = volatility.find((v) => !(v > 0 && v < Infinity));
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot ${verb} as every volatility must be above 0 and finite: got ${wrong}`,
    );
  }
  const rho = covariance.map((c, at) => {
    const i = Math.floor(at / n), j = at % n;
    return i === j ? 1 : c / (volatility[i]! * volatility[j]!);
  });
  const strange = rho.find((r) => !Number.isFinite(r));
  if (strange !== undefined) {
    throw new RangeError(`Cannot ${verb} as every covariance must be finite: got ${strange}`);
  }
  return { rho, volatility };
}
