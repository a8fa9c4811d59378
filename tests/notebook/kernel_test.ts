import assert from "node:assert/strict";
import { startKernel } from "lib/notebook/kernel.ts";
import type { Kernel, KernelGone } from "lib/notebook/kernel_session.ts";
import { isAlive } from "./temporary_project.ts";

const LIMIT = { timeoutMs: 20_000 };

/** Starts a kernel in an empty folder, and checks afterwards that neither is left. */
async function withKernel(work: (kernel: Kernel) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const kernel = await startKernel({ folder, runFolder: folder });
  try {
    await work(kernel);
  } finally {
    await kernel.shutdown();
    assert.deepEqual([...Deno.readDirSync(folder)], [], "a connection file is left");
    assert.ok(!isAlive(kernel.pid), "the kernel is left");
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a kernel collects every kind of output, in order, and counts cells from 1", () =>
  withKernel(async (kernel) => {
    const first = await kernel.execute(
      'console.log("a"); console.log("b"); console.error("c"); 1 + 1',
      LIMIT,
    );
    assert.deepEqual(first, {
      executionCount: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: "a\nb\n" },
        { output_type: "stream", name: "stderr", text: "c\n" },
        {
          output_type: "execute_result",
          execution_count: 1,
          data: { "text/plain": "2" },
          metadata: {},
        },
      ],
      thrown: null,
      uncaught: [],
    });
    const second = await kernel.execute(
      `const show = (text, update) =>
        Deno.jupyter.display({ "text/plain": text }, { raw: true, display_id: "x", update });
      await show("old", false);
      await show("new", true);`,
      LIMIT,
    );
    assert.deepEqual(second.outputs, [
      { output_type: "display_data", data: { "text/plain": "new" }, metadata: {} },
    ]);
    // a display that takes its time: the kernel says idle before this output is out
    const late = await kernel.execute(
      `({ async [Symbol.for("Jupyter.display")]() {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { "text/html": "x".repeat(100_000) };
      } })`,
      LIMIT,
    );
    const result = late.outputs[0];
    assert.ok(result?.output_type === "execute_result");
    assert.equal(String(result.data["text/html"]).length, 100_000);
    const many = await kernel.execute("for (let i = 0; i < 500; ++i) console.log(i);", LIMIT);
    assert.deepEqual(many.outputs, [{
      output_type: "stream",
      name: "stdout",
      text: Array.from({ length: 500 }, (_, i) => `${i}\n`).join(""),
    }]);
    assert.equal(many.executionCount, 4);
  }));

Deno.test("a kernel reports what a cell throws and what nobody awaits", () =>
  withKernel(async (kernel) => {
    const thrown = await kernel.execute('throw new TypeError("boom");', LIMIT);
    assert.equal(thrown.thrown?.ename, "TypeError");
    assert.equal(thrown.thrown?.evalue, "boom");
    const shown = await kernel.execute(
      '({ [Symbol.for("Jupyter.display")]() { throw new Error("shown"); } })',
      LIMIT,
    );
    assert.equal(shown.thrown?.evalue, "shown");
    const unparsed = await kernel.execute("const a = ;", LIMIT);
    assert.equal(unparsed.thrown?.evalue, "Execution failed");
    const silent = {
      'void Promise.reject(new RangeError("statement"));': "statement",
      '(async () => { throw new Error("async"); })(); 3': "async",
      'setTimeout(() => { throw new Error("timer"); }, 1); 3': "timer",
      'void Promise.reject("a text");': "a text",
    };
    for (const [code, message] of Object.entries(silent)) {
      const { thrown, uncaught } = await kernel.execute(code, { ...LIMIT, restMs: 20 });
      assert.equal(thrown, null, code);
      assert.deepEqual(uncaught.map(({ evalue }) => evalue), [message], code);
    }
    const caught = await kernel.execute(
      'await Promise.reject(new Error("no")).catch(() => {}); 4',
      LIMIT,
    );
    assert.deepEqual([caught.thrown, caught.uncaught], [null, []]);
  }));

for (
  const [title, code, reason, message] of [
    [
      "is killed",
      'Deno.kill(Deno.pid, "SIGKILL");',
      "died",
      "the kernel ended by itself with signal SIGKILL",
    ],
    ["exits", "Deno.exit(3);", "died", "the kernel ended by itself with exit code 3"],
    [
      "never settles",
      "await new Promise(() => {});",
      "timeout",
      "the cell did not end within 0.5 s, so its kernel was killed",
    ],
    [
      "loops for ever",
      "while (true) {}",
      "timeout",
      "the cell did not end within 0.5 s, so its kernel was killed",
    ],
  ] as const
) {
  Deno.test(`a kernel whose cell ${title} gives a clear error at once`, () =>
    withKernel(async (kernel) => {
      await assert.rejects(
        kernel.execute(code, { timeoutMs: reason === "timeout" ? 500 : 20_000 }),
        (error: KernelGone) => error.reason === reason && error.message === message,
      );
      assert.ok(!isAlive(kernel.pid));
    }));
}

Deno.test("a kernel goes at once when its signal is aborted", async () => {
  const folder = await Deno.makeTempDir();
  const controller = new AbortController();
  const kernel = await startKernel({ folder, runFolder: folder, signal: controller.signal });
  const running = kernel.execute("while (true) {}", LIMIT);
  setTimeout(() => controller.abort(new Error("called off")), 100);
  await assert.rejects(running, { name: "KernelGone", reason: "aborted", message: "called off" });
  assert.ok(!isAlive(kernel.pid));
  await kernel.shutdown();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("kernels started together do not disturb one another", async () => {
  const folder = await Deno.makeTempDir();
  const kernels = await Promise.all(
    Array.from({ length: 3 }, () => startKernel({ folder, runFolder: folder })),
  );
  const runs = await Promise.all(kernels.map((kernel, i) => kernel.execute(`${i} * 10`, LIMIT)));
  assert.deepEqual(
    runs.map(({ outputs }) =>
      outputs[0]?.output_type === "execute_result" && outputs[0].data["text/plain"]
    ),
    ["0", "10", "20"],
  );
  await Promise.all(kernels.map((kernel) => kernel.shutdown()));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a kernel loads modules ahead of its cells, and leaves what fails to the cell that imports it", () =>
  withKernel(async (kernel) => {
    const module = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
    const loaded = module("globalThis.nLoads = (globalThis.nLoads ?? 0) + 1; export const x = 1;");
    const broken = module('throw new Error("boom");');
    kernel.preload([loaded, broken, "./nowhere.ts"]);
    const ahead = await kernel.execute("globalThis.nLoads", LIMIT);
    assert.deepEqual([ahead.thrown, ahead.uncaught], [null, []]);
    assert.match(JSON.stringify(ahead.outputs), /"text\/plain":"1"/);
    const cell = await kernel.execute(`import { x } from "${loaded}"; x + nLoads`, LIMIT);
    assert.match(JSON.stringify(cell.outputs), /"text\/plain":"2"/);
    const failing = await kernel.execute(`import "${broken}";`, LIMIT);
    assert.equal(failing.thrown?.evalue, "boom");
  }));
