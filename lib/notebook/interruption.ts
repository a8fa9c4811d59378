/** Lives as long as a run; given back by `using`. */
export interface Interruption extends Disposable {
  /** Aborted when somebody ends the run, and when it is given back: nothing outlives the run. */
  readonly signal: AbortSignal;
}

/** How often the parent is looked at, ms. */
const WATCH_MS = 100;

/**
 * Turns what ends a run from outside into an abort, so that kernels and files are cleaned up:
 * SIGINT, SIGTERM, and the death of the `deno task` that started this process. Killed outright, the
 * task takes nobody with it: its run would go on unseen and hold the output folder.
 *
 * @param options.isTask Whether a task runner started this process and so waits for it; by default
 * whether `INIT_CWD` is set, which `deno task` does and a shell does not.
 */
export function interruption(
  { isTask = Deno.env.has("INIT_CWD") }: { isTask?: boolean } = {},
): Interruption {
  const controller = new AbortController();
  const stop = (by: string) => controller.abort(new Error(`the run was stopped by ${by}`));
  const removers = (["SIGINT", "SIGTERM"] as const).map((name) => {
    const onSignal = () => stop(name);
    Deno.addSignalListener(name, onSignal);
    return () => Deno.removeSignalListener(name, onSignal);
  });
  if (isTask) {
    const parent = Deno.ppid;
    const timer = setInterval(() => {
      if (Deno.ppid !== parent) stop("the end of the task that started it");
    }, WATCH_MS);
    removers.push(() => clearInterval(timer));
  }
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const remove of removers) remove();
      controller.abort(new Error("the run is over"));
    },
  };
}
