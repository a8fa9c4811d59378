/** A typed array that numbers are pushed to; it doubles when it is full. */
export interface GrowingColumn<A extends Float64Array | Int32Array> {
  push(value: number): void;
  /** The values so far, a view that the next push may leave behind. */
  values(): A;
}

/** An empty column of doubles; NaN is unknown. */
export function growingNumbers(): GrowingColumn<Float64Array> {
  return growing((length) => new Float64Array(length));
}

/** An empty column of whole numbers of 32 bits, such as days. */
export function growingIntegers(): GrowingColumn<Int32Array> {
  return growing((length) => new Int32Array(length));
}

function growing<A extends Float64Array | Int32Array>(make: (length: number) => A) {
  let values = make(1024), n = 0;
  return {
    push(value: number) {
      if (n === values.length) {
        const larger = make(2 * n);
        larger.set(values);
        values = larger;
      }
      values[n++] = value;
    },
    values: () => values.subarray(0, n) as A,
  };
}
