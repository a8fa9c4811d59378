/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

import { type SharedBuckets, takeToken } from "lib/fetch/token_bucket.ts";

interface Order {
  readonly buckets: SharedBuckets;
  readonly nTakes: number;
  /** When to begin, so that all begin together. */
  readonly startMs: number;
}

/** Takes places as fast as it can and posts when each is, UTC milliseconds. */
self.onmessage = ({ data: { buckets, nTakes, startMs } }: MessageEvent<Order>) => {
  const nowMs = () => performance.timeOrigin + performance.now();
  while (nowMs() < startMs);
  const places = Float64Array.from({ length: nTakes }, () => {
    const now = nowMs();
    return now + takeToken(buckets, 0, now);
  });
  self.postMessage(places);
};

self.postMessage("ready");
