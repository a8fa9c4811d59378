/** The part of the Deno kernel that sends a cell's last value to Jupyter. */
interface ResultSender {
  broadcastResult?: (...args: unknown[]) => Promise<unknown>;
}

/** How long a cell waits for its own output to leave, ms. Two cores under load needed less than 10. */
const PAUSE_MS = 25;

/**
 * Lets a cell's last value reach JupyterLab before the cell counts as done.
 *
 * The Deno kernel hands outputs to another thread and may announce that it is idle before they are
 * out; JupyterLab and nbclient then drop them, and charts are missing after *Run All* on a busy
 * machine. A short pause after each result closes the gap. Outside a kernel nothing happens, and a
 * second call changes nothing. Our own runner does not need it: it waits for a report that travels
 * behind the outputs.
 *
 * Cost: 25 ms for each cell that shows a value.
 *
 * @param kernel The kernel's sender; the running one by default.
 */
export function steadyOutputs(kernel: ResultSender | undefined = runningKernel()): void {
  const send = kernel?.broadcastResult;
  if (kernel === undefined || send === undefined || send.name === STEADY) return;
  const steady = async (...args: unknown[]) => {
    const sent = await send(...args);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return sent;
  };
  Object.defineProperty(steady, "name", { value: STEADY });
  kernel.broadcastResult = steady;
}

const STEADY = "basketrySteadyOutput";

function runningKernel(): ResultSender | undefined {
  const deno = Deno as unknown as Record<PropertyKey, unknown>;
  const internals = deno[deno.internal as symbol] as { jupyter?: ResultSender } | undefined;
  return internals?.jupyter;
}
