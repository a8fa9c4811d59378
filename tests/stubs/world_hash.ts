/** A whole number in [0, 2³²) that belongs to a text; FNV-1a, then mixed. */
export function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < text.length; ++k) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
  return mixed(h, 0);
}

/** A whole number in [0, 2³²) that belongs to two others; the finisher of MurmurHash3. */
export function mixed(a: number, b: number): number {
  let h = Math.imul(a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) that belongs to two whole numbers. */
export function share(a: number, b: number): number {
  return mixed(a, b) / 4294967296;
}

/** `nDigits` hexadecimal digits that belong to a text. */
export function hexOf(text: string, nDigits: number): string {
  const seed = hashOf(text);
  let digits = "";
  for (let k = 0; digits.length < nDigits; ++k) {
    digits += mixed(seed, k).toString(16).padStart(8, "0");
  }
  return digits.slice(0, nDigits);
}

/** A decimal number of `nDigits` digits, the first not 0, that belongs to a text. */
export function decimalOf(text: string, nDigits: number): string {
  const seed = hashOf(text);
  let digits = `${1 + mixed(seed, 9999) % 9}`;
  for (let k = 0; digits.length < nDigits; ++k) {
    digits += `${mixed(seed, k) % 100_000_000}`.padStart(8, "0");
  }
  return digits.slice(0, nDigits);
}
