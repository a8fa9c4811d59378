/**
 * Knows which of many values is the least, and learns of a change in O(log n): a knock-out tree
 * whose leaves are the places and whose nodes hold the place that won. Equal values: the first.
 */
export interface Tournament {
  readonly values: Float64Array;
  /** Winners from the root at 1 down to the leaves; −1 where nobody is left. */
  readonly winner: Int32Array;
  readonly nLeaves: number;
}

/** Plays all matches. The values stay the caller's; after a change call `replay()`. */
export function tournament(values: Float64Array): Tournament {
  let nLeaves = 1;
  while (nLeaves < values.length) nLeaves *= 2;
  const winner = new Int32Array(2 * nLeaves).fill(-1);
  for (let place = 0; place < values.length; ++place) winner[nLeaves + place] = place;
  for (let node = nLeaves - 1; node > 0; --node) play(winner, values, node);
  return { values, winner, nLeaves };
}

/** Place of the least value; −1 where nobody is left. */
export function leastPlace({ winner }: Tournament): number {
  return winner[1]!;
}

/** Plays the matches of a place whose value has changed. */
export function replay({ values, winner, nLeaves }: Tournament, place: number): void {
  for (let node = (nLeaves + place) >> 1; node > 0; node >>= 1) play(winner, values, node);
}

/** Takes a place out for good. */
export function knockOut(one: Tournament, place: number): void {
  one.winner[one.nLeaves + place] = -1;
  replay(one, place);
}

function play(winner: Int32Array, values: Float64Array, node: number): void {
  const a = winner[2 * node]!, b = winner[2 * node + 1]!;
  winner[node] = a < 0 || (b >= 0 && values[b]! < values[a]!) ? b : a;
}
