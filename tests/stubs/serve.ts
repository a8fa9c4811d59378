import { parseArgs } from "node:util";
import { startStubs } from "./stub_server.ts";
import { makeWorld, type World } from "./world.ts";
import { manyContracts } from "./world_many.ts";
import { simulatedDataSet } from "./world_simulated.ts";

const USAGE = `Serves stubs of all venues on 127.0.0.1 until it is interrupted.

  --port N        port, a free one unless told
  --markets N     N short made-up contracts instead of the simulated universe
  --now ISO       the venues' clock at the start, 2026-03-01T02:00:00Z unless told
  --speed X       seconds of the venues' clock in a second, 1 unless told
  --hosts FILE    where to write the addresses, stub_hosts.yaml unless told
  --limits X      refuse what is faster than X times the real limits; no limits unless told
  --rates X       times the rates of config/hosts.yaml in that file, 1 unless told`;

if (import.meta.main) await serve(Deno.args);

/** Serves until interrupted. */
async function serve(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "0" },
      markets: { type: "string" },
      now: { type: "string", default: "2026-03-01T02:00:00Z" },
      speed: { type: "string", default: "1" },
      hosts: { type: "string", default: "stub_hosts.yaml" },
      limits: { type: "string" },
      rates: { type: "string", default: "1" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const firstMs = Date.parse(values.now), speed = Number(values.speed);
  if (Number.isNaN(firstMs)) {
    throw new RangeError(`Cannot start the clock as --now must be a time: got "${values.now}"`);
  }
  if (!(speed >= 0)) {
    throw new RangeError(`Cannot start the clock as --speed must be 0 or more: got ${speed}`);
  }
  const startedMs = Date.now();
  const nowMs = () => Math.floor(firstMs + speed * (Date.now() - startedMs));
  const world: World = values.markets === undefined
    ? makeWorld(await simulatedDataSet(), { nowMs })
    : manyContracts(Number(values.markets), { nowMs });
  await using stubs = await startStubs({
    world,
    port: Number(values.port),
    rates: Number(values.rates),
    ...(values.limits !== undefined && { limits: { scale: Number(values.limits) } }),
  });
  // JSON is YAML
  await Deno.writeTextFile(values.hosts, `${JSON.stringify(stubs.hosts, null, 2)}\n`);
  const nMarkets = world.markets("polymarket").length + world.markets("kalshi").length;
  console.log(`${nMarkets} contracts at ${stubs.url}, clock ${new Date(nowMs()).toISOString()}`);
  console.log(`Pull with: deno task ingest --hosts ${values.hosts} --out DIR`);
  await new Promise<void>((stop) => Deno.addSignalListener("SIGINT", stop));
  console.log([...stubs.counts].sort().map(([path, n]) => `${n}\t${path}`).join("\n"));
}
