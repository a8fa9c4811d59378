/**
 * Whole UTC milliseconds of an instant given in finer ticks, floored.
 *
 * A double holds no nanoseconds of our time, so the division is done on the big whole number.
 *
 * @param ticks Ticks since 1970-01-01 UTC. @param ticksPerMs 1000n for micro-, 1000000n for
 *   nanoseconds.
 */
export function instantMs(ticks: bigint, ticksPerMs: bigint): number {
  const remainder = ((ticks % ticksPerMs) + ticksPerMs) % ticksPerMs;
  return Number((ticks - remainder) / ticksPerMs);
}
