/** How fast a stub lets itself be asked. */
export interface StubLimits {
  /** Times the real limits; 1 is real, 0.1 a tenth. */
  readonly scale: number;
  /**
   * Whether `/v2/trades` above 5 requests a second answers with status 200 and
   * `{"error":"Too Many Requests"}`, as was seen.
   */
  readonly isQuiet?: boolean;
}

/** Requests in ten seconds by the beginning of the path, section 2.6 of the sheet. */
const PER_TEN_SECONDS: readonly (readonly [string, number])[] = [
  ["/gamma", 4000],
  ["/gamma/events", 500],
  ["/gamma/markets", 300],
  ["/gamma/tags", 200],
  ["/clob", 9000],
  ["/clob/books", 500],
  ["/clob/book", 1500],
  ["/clob/prices-history", 1000],
  ["/data", 1000],
  ["/data/v2/prices-history", 200],
  ["/data/v2/trades", 200],
];

const QUIET_PER_TEN_SECONDS = 50;

/** Whether a request may be answered. */
export type Verdict = "go" | "refuse" | "quietly";

/**
 * One bucket for each limit, which holds ten seconds' worth and is filled evenly. The time is that
 * of the machine, in milliseconds: the venue's clock may stand still in a test.
 */
export function limiter(
  { scale, isQuiet = false }: StubLimits,
  clock: () => number = () => performance.now(),
): (path: string) => Verdict {
  const buckets = PER_TEN_SECONDS.map(([prefix, limit]) => bucket(prefix, limit * scale, clock));
  const quiet = bucket("/data/v2/trades", QUIET_PER_TEN_SECONDS * scale, clock);
  return (path) => {
    const mine = buckets.filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    if (!mine.every((one) => one.has())) return "refuse";
    for (const one of mine) one.take();
    if (!isQuiet || path !== quiet.prefix) return "go";
    if (!quiet.has()) return "quietly";
    quiet.take();
    return "go";
  };
}

function bucket(prefix: string, perTenSeconds: number, clock: () => number) {
  let held = perTenSeconds, atMs = clock();
  return {
    prefix,
    has: () => {
      const nowMs = clock();
      held = Math.min(held + perTenSeconds * (nowMs - atMs) / 10_000, perTenSeconds);
      atMs = nowMs;
      return held >= 1;
    },
    take: () => void --held,
  };
}
