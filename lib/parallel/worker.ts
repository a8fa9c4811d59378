/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { type Task, taskFunction } from "./task.ts";

/** What a worker is asked. */
export interface Job {
  readonly task: Task;
  readonly args: readonly unknown[];
}

/** What it answers. */
export type Answer = { readonly value: unknown } | { readonly error: unknown };

self.onmessage = async ({ data: { task, args } }: MessageEvent<Job>) => {
  try {
    const run = await taskFunction(task);
    self.postMessage({ value: await run(...args) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error : new Error(String(error)) });
  }
};
