import assert from "node:assert/strict";
import {
  newConnection,
  stopLeftoverKernels,
  writeConnectionFile,
} from "lib/notebook/connection.ts";
import { startKernelProcess } from "lib/notebook/kernel_process.ts";
import { connectZmtp } from "lib/notebook/zmtp.ts";

Deno.test("stopLeftoverKernels() ends a kernel that only its connection file remembers", async () => {
  const folder = await Deno.makeTempDir();
  const connection = newConnection();
  const file = await writeConnectionFile(connection, folder);
  assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
  const kernel = startKernelProcess(file, folder);
  for (let i = 0; i < 500; ++i) {
    try {
      (await connectZmtp(connection.control_port, "DEALER")).close();
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  // a file cut short, and one whose kernel is gone, are only removed
  await Deno.writeTextFile(`${folder}/kernel-a.basketry-tmp`, "{");
  await writeConnectionFile(newConnection(), folder);
  await stopLeftoverKernels(folder);
  assert.equal((await kernel.ended).how, "exit code 0");
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});

Deno.test("a kernel whose port is taken ends and says so, so that others are tried", async () => {
  const folder = await Deno.makeTempDir();
  const connection = newConnection();
  using _taken = Deno.listen({ hostname: "127.0.0.1", port: connection.iopub_port });
  const kernel = startKernelProcess(await writeConnectionFile(connection, folder), folder);
  const { how, lastWords } = await kernel.ended;
  assert.equal(how, "exit code 1");
  assert.match(lastWords, /AddrInUse/);
  await Deno.remove(folder, { recursive: true });
});
