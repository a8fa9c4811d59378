/** Mime type of the message by which the prelude reports that a cell has come to rest. */
export const REST_MIME = "application/vnd.basketry.rest+json";

/**
 * What the kernel evaluates silently before the first cell.
 *
 * It records what the kernel itself swallows, un-awaited promise rejections and errors thrown in
 * timers, and offers a function that reports them. The report goes through the same queue as the
 * outputs of a cell: the kernel announces `idle` on another path and may do so *before* the last
 * output is out, so only this report proves that all outputs have arrived.
 *
 * A worker ends the kernel when its runner is gone: it runs on its own thread, so that a cell in a
 * busy loop does not outlive a killed runner either.
 */
export const PRELUDE = `{
  const seen = [];
  const { broadcast } = Deno.jupyter;
  const { setTimeout, Promise, Error, String } = globalThis;
  const record = (thrown) => {
    seen.push(
      thrown instanceof Error
        ? { ename: thrown.name, evalue: thrown.message, traceback: String(thrown.stack).split("\\n") }
        : { ename: "Error", evalue: String(thrown), traceback: [] },
    );
  };
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    record(event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    record(event.error ?? event.message);
  });
  Object.defineProperty(globalThis, Symbol.for("basketry.rest"), {
    value: async (id, waitMs) => {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      broadcast("display_data", {
        data: { "${REST_MIME}": { id, uncaught: seen.splice(0) } },
        metadata: {},
        transient: {},
      });
    },
  });
  const watch = "setInterval(() => { if (Deno.ppid !== " + Deno.ppid +
    ") Deno.kill(Deno.pid, 'SIGKILL'); }, 100);";
  new Worker("data:text/javascript," + encodeURIComponent(watch), { type: "module" });
}`;

/**
 * The request, evaluated silently after a cell, to report what was thrown and not caught.
 *
 * @param waitMs How long late rejections may take to show; 0 is one turn of the event loop.
 */
export function restRequest(id: string, waitMs: number): string {
  return `await globalThis[Symbol.for("basketry.rest")](${JSON.stringify(id)}, ${waitMs});`;
}
