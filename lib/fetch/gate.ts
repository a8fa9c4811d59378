/** Lets so many in at a time; the others wait in the order in which they came. */
export interface Gate {
  /** Waits for a place and gives true; false where the signal stopped it, and no place is taken. */
  readonly enter: (signal?: AbortSignal) => Promise<boolean>;
  /** Gives the place to the next in line; once for each `enter` that gave true. */
  readonly leave: () => void;
}

/**
 * A gate for one worker.
 *
 * @param places At a time, a whole number of at least 1.
 * @throws {RangeError} If `places` is not.
 */
export function makeGate(places: number): Gate {
  if (!(Number.isInteger(places) && places >= 1)) {
    throw new RangeError(
      `Cannot make a gate as its places must be a whole number >= 1: got ${places}`,
    );
  }
  let free = places;
  const line = new Set<() => void>();

  function enter(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted) return Promise.resolve(false);
    if (free > 0) {
      --free;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const stop = () => {
        line.delete(next);
        resolve(false);
      };
      const next = () => {
        signal?.removeEventListener("abort", stop);
        resolve(true);
      };
      line.add(next);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  function leave(): void {
    const [next] = line;
    if (next === undefined) {
      ++free;
    } else {
      line.delete(next);
      next();
    }
  }

  return { enter, leave };
}
