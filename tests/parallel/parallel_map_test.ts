import assert from "node:assert/strict";
import type { pairCount, pairIndex, pairMatrix } from "lib/core/pair_matrix.ts";
import type { philox } from "lib/core/random.ts";
import type { panel } from "lib/core/panel.ts";
import { parallelMap } from "lib/parallel/parallel_map.ts";

const PAIRS = "core/pair_matrix.ts";

for (const workers of [0, 1, 2, 3, 20]) {
  Deno.test(`parallelMap() with ${workers} workers gives results in the order of the lists`, async () => {
    const task = { module: PAIRS, name: "pairIndex" };
    const lists = Array.from({ length: 9 }, (_, i) => [10, i, 9] as [number, number, number]);
    const places = await parallelMap<typeof pairIndex>(task, lists, { workers });
    assert.deepEqual(places, [8, 16, 23, 29, 34, 38, 41, 43, 44]);
  });

  Deno.test(`parallelMap() with ${workers} workers throws what the function throws`, async () => {
    const task = { module: "core/panel.ts", name: "panel" };
    const fine: Parameters<typeof panel> = [Int32Array.of(3), ["a"], Float64Array.of(0.5)];
    const broken: Parameters<typeof panel> = [Int32Array.of(3, 2), ["a"], new Float64Array(2)];
    await assert.rejects(parallelMap<typeof panel>(task, [fine, broken, fine], { workers }), {
      name: "RangeError",
      message: "Cannot make a panel as its days must increase: got 2 after 3",
    });
  });
}

Deno.test("parallelMap() starts as many workers as there are cores by default", async () => {
  const task = { module: PAIRS, name: "pairCount" };
  assert.deepEqual(await parallelMap<typeof pairCount>(task, [[2], [5]]), [1, 10]);
  assert.deepEqual(await parallelMap<typeof pairCount>(task, []), []);
});

Deno.test("parallelMap() copies arguments and shares memory of a SharedArrayBuffer", async () => {
  const task = { module: import.meta.resolve("lib/core/random.ts"), name: "philox" };
  const shared = [1, 2].map(() => new Uint32Array(new SharedArrayBuffer(16)));
  const own = [1, 2].map(() => new Uint32Array(4));
  const zeros = new Uint32Array(4);
  for (const outs of [shared, own]) {
    await parallelMap<typeof philox>(task, outs.map((out) => [zeros, zeros, out]), { workers: 2 });
  }
  // Random123's known answer for zeros
  const known = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
  assert.deepEqual(shared.map((out) => [...out]), [known, known]);
  assert.deepEqual(own.map((out) => [...out]), [[0, 0, 0, 0], [0, 0, 0, 0]]);
});

Deno.test("parallelMap() gives back labelled values as they are", async () => {
  const task = { module: PAIRS, name: "pairMatrix" };
  const lists: Parameters<typeof pairMatrix>[] = [[["a", "b"], Float64Array.of(0.5)], [["c"]]];
  const here = await parallelMap<typeof pairMatrix>(task, lists, { workers: 1 });
  assert.deepEqual(await parallelMap<typeof pairMatrix>(task, lists, { workers: 2 }), here);
});

Deno.test("parallelMap() refuses modules outside lib", async () => {
  const lib = import.meta.resolve("lib/");
  for (const workers of [1, 2]) {
    for (const module of ["https://example.com/x.ts", "data:text/javascript,", "../../main.ts"]) {
      const href = new URL(module, lib + "parallel/").href;
      await assert.rejects(
        parallelMap({ module: href, name: "x" }, [[], []], { workers }),
        {
          name: "RangeError",
          message: `Cannot run a task as its module must lie in ${lib}: got ${href}`,
        },
      );
    }
  }
});

Deno.test("parallelMap() refuses names that are no exported function", async () => {
  for (const workers of [1, 2]) {
    await assert.rejects(parallelMap({ module: PAIRS, name: "nothing" }, [[], []], { workers }), {
      name: "TypeError",
      message:
        "Cannot run a task as core/pair_matrix.ts must export the function nothing: got undefined",
    });
  }
});

Deno.test("parallelMap() rejects where a module does not load or an argument cannot be sent", async () => {
  const missing = { module: "core/not_there.ts", name: "x" };
  await assert.rejects(parallelMap(missing, [[], []], { workers: 2 }), /not_there\.ts/);
  const task = { module: PAIRS, name: "pairCount" };
  await assert.rejects(
    parallelMap<(of: () => number) => number>(task, [[() => 1], [() => 2]], { workers: 2 }),
    { name: "DataCloneError" },
  );
});

Deno.test("parallelMap() refuses a number of workers that is none", async () => {
  for (const workers of [-1, 1.5, NaN]) {
    await assert.rejects(parallelMap({ module: PAIRS, name: "pairCount" }, [], { workers }), {
      name: "RangeError",
      message:
        `Cannot share work as the number of workers must be a whole number >= 0: got ${workers}`,
    });
  }
});

Deno.test("parallelMap() leaves no worker behind: its process ends, with no right but to read", async () => {
  const script = new URL("./ends_by_itself.ts", import.meta.url).pathname;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", script],
    signal: AbortSignal.timeout(20_000),
  }).output();
  assert.equal(new TextDecoder().decode(stdout), '[[1,3,6],"RangeError"]\n');
  assert.equal(code, 0);
});
