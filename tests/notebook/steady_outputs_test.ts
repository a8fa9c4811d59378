import assert from "node:assert/strict";
import { steadyOutputs } from "lib/notebook/steady_outputs.ts";

Deno.test("steadyOutputs() holds a cell until its output had time to leave, once however often it is called", async () => {
  const sent: unknown[][] = [];
  const kernel = {
    broadcastResult: (...args: unknown[]) => {
      sent.push(args);
      return Promise.resolve("sent");
    },
  };
  steadyOutputs(kernel);
  const steady = kernel.broadcastResult;
  steadyOutputs(kernel);
  assert.equal(kernel.broadcastResult, steady);
  const startMs = performance.now();
  assert.equal(await kernel.broadcastResult(3, "figure"), "sent");
  assert.ok(performance.now() - startMs >= 20);
  assert.deepEqual(sent, [[3, "figure"]]);
});

Deno.test("steadyOutputs() does nothing outside a kernel", () => {
  steadyOutputs();
  steadyOutputs({});
});
