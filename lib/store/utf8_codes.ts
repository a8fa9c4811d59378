/** A run of texts as Arrow lays them out: text `i` is `bytes[offsets[i] … offsets[i + 1] − 1]`. */
export interface Utf8Run {
  readonly bytes: Uint8Array;
  /** nRows + 1 offsets into `bytes`. */
  readonly offsets: Int32Array | BigInt64Array;
  readonly nRows: number;
  /** Whether row `i` holds a text. */
  readonly isPresent: (i: number) => boolean;
}

/**
 * Texts as codes into their distinct labels, in order of first appearance.
 *
 * Works on the UTF-8 bytes and makes one JavaScript string per distinct text. Runs of equal
 * neighbours, the shape of every sorted id column, cost one comparison of bytes per row.
 *
 * NaN: an absent row gets code −1. Cost: O(bytes) time where hashes do not collide.
 * Source: FNV-1a hash, open addressing with linear probing.
 */
export function utf8Codes(runs: readonly Utf8Run[]): { codes: Int32Array; labels: string[] } {
  const codes = new Int32Array(runs.reduce((sum, run) => sum + run.nRows, 0)).fill(-1);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const labels: string[] = [];
  const known: Uint8Array[] = [];
  const hashes: number[] = [];
  let slots = new Int32Array(1024).fill(-1);
  let last = -1;
  let row = 0;
  for (const { bytes, offsets, nRows, isPresent } of runs) {
    for (let i = 0; i < nRows; ++i, ++row) {
      if (!isPresent(i)) continue;
      const from = Number(offsets[i]!), to = Number(offsets[i + 1]!);
      if (last < 0 || !isSame(known[last]!, bytes, from, to)) last = intern(bytes, from, to);
      codes[row] = last;
    }
  }
  return { codes, labels };

  function intern(bytes: Uint8Array, from: number, to: number): number {
    const h = hashBytes(bytes, from, to);
    let slot = h & (slots.length - 1);
    for (; slots[slot]! >= 0; slot = (slot + 1) & (slots.length - 1)) {
      const code = slots[slot]!;
      if (hashes[code] === h && isSame(known[code]!, bytes, from, to)) return code;
    }
    const code = labels.push(decoder.decode(bytes.subarray(from, to))) - 1;
    known.push(bytes.subarray(from, to));
    hashes.push(h);
    slots[slot] = code;
    if (labels.length * 2 > slots.length) slots = widened(hashes, slots.length * 2);
    return code;
  }
}

/** A slot table of twice the size, with every known hash put in again. */
function widened(hashes: readonly number[], size: number): Int32Array<ArrayBuffer> {
  const slots = new Int32Array(size).fill(-1);
  for (let code = 0; code < hashes.length; ++code) {
    let slot = hashes[code]! & (size - 1);
    while (slots[slot]! >= 0) slot = (slot + 1) & (size - 1);
    slots[slot] = code;
  }
  return slots;
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  // ids differ at their end, so comparing backwards stops sooner
  for (let i = known.length - 1; i >= 0; --i) {
    if (known[i] !== bytes[from + i]) return false;
  }
  return true;
}

function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < to; ++i) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}
