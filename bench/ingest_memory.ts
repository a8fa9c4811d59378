/**
 * Memory and time of `ingest` by the number of contracts: `deno run -A bench/ingest_memory.ts [CONTRACTS…]`.
 *
 * The stub serves contracts of 9 to 12 days, each with a window of prices, and half of them with a page
 * of trades, in a process of its own; so does the pull, whose resident memory is read every quarter of
 * a second (Linux only). It is told apart by what the pull says: until it has asked everything, and from
 * then on, when the folder is folded and written. The second pull, of the same day, finds nothing new.
 */
import { countText } from "lib/core/number_text.ts";

/** Says that all was asked: what follows is the folder. */
const ASKED = /^Asked ([\d,]+) times?/m;

interface Run {
  readonly nRequests: number;
  /** Until all was asked, and from then to the end. */
  readonly seconds: readonly [number, number];
  readonly peakMb: readonly [number, number];
}

/** Resident memory of a process, megabytes; 0 once it has ended. */
function residentMb(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Starts a program of the project; gives all that it has said so far. */
function start(args: readonly string[]): { child: Deno.ChildProcess; said: () => string } {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...args],
    stdout: "piped",
  }).spawn();
  let said = "";
  const read = async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) said += text;
  };
  void read();
  return { child, said: () => said };
}

/** Runs `ingest` and watches it. */
async function watched(hosts: string, out: string): Promise<Run> {
  const args = ["main.ts", "ingest", "--venue", "polymarket", "--hosts", hosts, "--out", out];
  const { child, said } = start(args), startMs = performance.now();
  const peakMb: [number, number] = [0, 0];
  let askedMs = NaN;
  const timer = setInterval(() => {
    if (Number.isNaN(askedMs) && ASKED.test(said())) askedMs = performance.now();
    const part = Number.isNaN(askedMs) ? 0 : 1;
    peakMb[part] = Math.max(peakMb[part], residentMb(child.pid));
  }, 250);
  const { code } = await child.status;
  clearInterval(timer);
  if (code !== 0) throw new Error(`Cannot measure as the pull must succeed: got ${said()}`);
  const endMs = performance.now();
  if (Number.isNaN(askedMs)) askedMs = endMs;
  return {
    nRequests: Number((ASKED.exec(said())?.[1] ?? "0").replaceAll(",", "")),
    seconds: [(askedMs - startMs) / 1000, (endMs - askedMs) / 1000],
    peakMb,
  };
}

async function measured(nContracts: number): Promise<readonly Run[]> {
  const folder = await Deno.makeTempDir(), hosts = `${folder}/hosts.yaml`;
  const stub = start(["tests/stubs/serve.ts", "--markets", `${nContracts}`, "--hosts", hosts]
    .concat("--rates", "1000"));
  try {
    while (!stub.said().includes("Pull with")) await new Promise((go) => setTimeout(go, 50));
    const out = `${folder}/out`;
    return [await watched(hosts, out), await watched(hosts, out)];
  } finally {
    stub.child.kill("SIGKILL");
    await stub.child.status;
    await Deno.remove(folder, { recursive: true });
  }
}

const sizes = Deno.args.length > 0 ? Deno.args.map(Number) : [10_000, 30_000, 100_000];
console.log(
  "| contracts | pull | requests | asked, s | a second | peak, MB | folder, s | peak, MB |\n" +
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
);
for (const nContracts of sizes) {
  const runs = await measured(nContracts);
  for (const [k, { nRequests, seconds: [asking, folding], peakMb }] of runs.entries()) {
    const cells = [
      countText(nContracts),
      k === 0 ? "first" : "second",
      countText(nRequests),
      asking.toFixed(1),
      (nRequests / asking).toFixed(0),
      peakMb[0].toFixed(0),
      folding.toFixed(1),
      peakMb[1].toFixed(0),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
const load = Deno.loadavg().map((one) => one.toFixed(1)).join(", ");
console.log(`\nDeno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores, load ${load}`);
