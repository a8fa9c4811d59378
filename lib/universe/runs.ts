/**
 * Length of the longest run of rows on consecutive days for which `holds` is true.
 *
 * A missing day ends the run: nothing is known of it.
 *
 * Units: days. Cost: O(to − from).
 *
 * @param day UTC day per row, increasing over [from, to).
 */
export function consecutiveRun(
  day: Int32Array,
  from: number,
  to: number,
  holds: (row: number) => boolean,
): number {
  let run = 0, longest = 0;
  for (let row = from; row < to; ++row) {
    const continues = row > from && day[row] === day[row - 1]! + 1;
    run = holds(row) ? (continues ? run + 1 : 1) : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
