import assert from "node:assert/strict";
import { randomIndex, randomStream } from "lib/core/random.ts";
import { hostLimits } from "lib/fetch/host_limits.ts";
import type { Host } from "lib/fetch/hosts.ts";
import { makeBuckets } from "lib/fetch/token_bucket.ts";
import { hostTurns } from "lib/fetch/turns.ts";
import { START_MS, stubHost } from "./stub_host.ts";
import { virtualClock } from "./virtual_clock.ts";
import { tidyTest } from "./tidy.ts";

const slow = stubHost("https://stub.example.org", {
  requests: 40,
  perSeconds: 1,
  burst: 2,
  atOnce: 3,
  paths: [{ prefix: "/narrow", requests: 10, perSeconds: 1 }],
});

/** Times after the start at which each path was sent, where a request takes `tookMs`. */
async function sentMs(
  paths: readonly string[],
  { tookMs, signal, host = slow, lateMs }: {
    /** Of the nth that was sent. */
    tookMs: (n: number) => number;
    signal?: AbortSignal;
    host?: Host;
    lateMs?: () => number;
  },
) {
  const clock = virtualClock(START_MS, { lateMs });
  const buckets = makeBuckets(hostLimits({ stub: host }, []));
  const turns = hostTurns(host, { buckets, clock, signal });
  const sent: [string, number][] = [];
  let underWay = 0, most = 0;
  await Promise.all(paths.map(async (path) => {
    if (!(await turns.enter(path))) return;
    most = Math.max(most, ++underWay);
    sent.push([path, clock.nowMs() - START_MS]);
    await clock.sleep(tookMs(sent.length));
    --underWay;
    turns.leave();
  }));
  const of = (path: string) => sent.filter(([one]) => one === path).map(([, ms]) => ms);
  return { narrow: of("/narrow"), wide: of("/wide"), all: sent.map(([, ms]) => ms), most };
}

const gaps = (times: readonly number[]) => times.slice(1).map((time, i) => time - times[i]!);

tidyTest(
  "hostTurns() keeps the limit of a path when requests are sent, however the host is busy",
  async () => {
    const paths = [
      ...Array(20).fill("/wide"),
      ...Array(6).fill("/narrow"),
      ...Array(20).fill("/wide"),
    ];
    const { narrow, all } = await sentMs(paths, { tookMs: () => 10 });
    assert.equal(narrow.length, 6);
    assert.ok(gaps(narrow).every((gap) => gap >= 100), `gaps of ${gaps(narrow)} ms`);
    // two at once, then one every 25 ms
    assert.ok(gaps(all).slice(1).every((gap) => gap >= 24), `gaps of ${gaps(all)} ms`);
  },
);

/** The most by which more than `burst` lie in a window than one every `everyMs` milliseconds. */
function tooEarlyMs(
  times: readonly number[],
  { burst, everyMs }: { burst: number; everyMs: number },
) {
  let most = -Infinity, latest = -Infinity;
  times.slice(burst).forEach((time, k) => {
    // the end of the emptiest window that could begin by now
    latest = Math.max(latest, times[k]! - k * everyMs);
    most = Math.max(most, latest + (k + 1) * everyMs - time);
  });
  return most;
}

tidyTest(
  "hostTurns() wins back what late timers and slow answers lose, within the limit",
  async () => {
    const everyMs = 1000 / 600, burst = 10, nAsks = 1800;
    for (const hostRate of [600, 1200]) {
      const fast = stubHost("https://stub.example.org", {
        ...{ requests: hostRate, perSeconds: 1, burst: burst * hostRate / 600, atOnce: 4 },
        paths: [{ prefix: "/narrow", requests: 600, perSeconds: 1 }],
      });
      const random = randomStream(8, "late");
      const { all } = await sentMs(Array(nAsks).fill("/narrow"), {
        // now and then all places are taken for as long as six requests need
        tookMs: (n) => n % 100 < 4 ? 12 : 2,
        host: fast,
        lateMs: () => randomIndex(random, 3),
      });
      const usedMs = all.at(-1)! + everyMs;
      assert.ok(usedMs < 1.01 * nAsks * everyMs, `took ${usedMs} ms at ${hostRate} a second`);
      const earlyMs = tooEarlyMs(all, { burst, everyMs });
      assert.ok(earlyMs <= 0, `${earlyMs} ms too early at ${hostRate} a second`);
    }
  },
);

tidyTest("hostTurns() does not let a long lane stop the others", async () => {
  const paths = [...Array(10).fill("/narrow"), ...Array(10).fill("/wide")];
  const { wide, narrow } = await sentMs(paths, { tookMs: () => 10 });
  assert.ok(wide.at(-1)! <= 12 * 25 + 25, `the last after ${wide.at(-1)} ms`);
  assert.ok(narrow.at(-1)! >= 900);
});

tidyTest("hostTurns() lets no more be under way than the host allows", async () => {
  const { most, all } = await sentMs(Array(12).fill("/wide"), { tookMs: () => 1000 });
  assert.equal(most, 3);
  assert.equal(all.length, 12);
  assert.ok(all.at(-1)! >= 3000);
});

tidyTest("hostTurns() gives no turn to who is stopped", async () => {
  const stop = new AbortController();
  const sending = sentMs(
    ["/narrow", "/narrow", "/wide", "/wide", "/wide", "/wide"],
    { tookMs: () => 10, signal: stop.signal },
  );
  stop.abort();
  assert.deepEqual((await sending).all, []);
});

tidyTest("hostTurns() needs a limit of the host and of each path", () => {
  const clock = virtualClock(START_MS);
  const [limit] = hostLimits({ stub: slow }, []);
  assert.throws(() => hostTurns(slow, { buckets: makeBuckets([limit!]), clock }), {
    name: "RangeError",
    message: 'Cannot ask a host as it must have a limit: got none named "stub /narrow"',
  });
});
