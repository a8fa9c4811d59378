/**
 * Runs every benchmark and prints ratios: `deno task bench [--peers PYTHON] [FILTER]`.
 *
 * Seconds differ from machine to machine and from hour to hour; the ratio to the baseline in the
 * same run is what may be quoted.
 */
import { parseArgs } from "node:util";

interface Measured {
  readonly group: string;
  readonly name: string;
  readonly baseline: boolean;
  /** Fastest run: the one that the machine disturbed least. */
  readonly nanoseconds: number;
}

async function output(command: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args: [...args] }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (code !== 0) {
    throw new Error(
      `Cannot bench as "${command}" must succeed: got code ${code}, ${decode(stderr)}`,
    );
  }
  return decode(stdout);
}

async function ours(filter: string | undefined): Promise<Measured[]> {
  const folder = new URL(".", import.meta.url).pathname;
  const args = ["bench", "--json", "--allow-all", ...(filter ? ["--filter", filter] : []), folder];
  const { benches } = JSON.parse(await output(Deno.execPath(), args));
  return benches.map((
    bench: {
      group: string;
      name: string;
      baseline: boolean;
      results: { ok: { min: number } }[];
    },
  ) => ({
    group: bench.group,
    name: bench.name,
    baseline: bench.baseline,
    nanoseconds: bench.results[0]!.ok.min,
  }));
}

/** The peers' times, one Python program a subject, and the versions that ran. */
async function theirs(
  python: string,
): Promise<{ times: Record<string, number>; versions: string[] }> {
  const folder = new URL("peers/", import.meta.url);
  const programs = Array.from(Deno.readDirSync(folder), ({ name }) => name)
    .filter((name) => name.endsWith(".py")).sort();
  const times: Record<string, number> = {}, versions = new Set<string>();
  for (const name of programs) {
    const { versions: said, ...found } = JSON.parse(
      await output(python, [new URL(name, folder).pathname]),
    );
    Object.assign(times, found);
    for (const one of String(said).split(", ")) versions.add(one);
  }
  return { times, versions: [...versions] };
}

function milliseconds(nanoseconds: number): string {
  return (nanoseconds / 1e6).toPrecision(3);
}

const { values, positionals } = parseArgs({
  args: Deno.args,
  options: { peers: { type: "string" } },
  allowPositionals: true,
});
const measured = await ours(positionals[0]);
const { times: peers, versions } = values.peers
  ? await theirs(values.peers)
  : { times: {} as Record<string, number>, versions: [] };

console.log("| work | ours, ms | baseline | baseline / ours | peer / ours |");
console.log("| --- | --- | --- | --- | --- |");
for (const one of measured.filter((bench) => !bench.baseline)) {
  const base = measured.find((bench) => bench.baseline && bench.group === one.group)!;
  const peer = peers[one.group];
  console.log(
    `| ${one.name} | ${milliseconds(one.nanoseconds)} | ${
      base.name.slice(one.group.length + 2)
    } | ${(base.nanoseconds / one.nanoseconds).toFixed(1)} | ${
      peer === undefined ? "not measured" : (peer / one.nanoseconds).toFixed(1)
    } |`,
  );
}
console.log(
  `\n${[`Deno ${Deno.version.deno}`, ...versions].join(", ")}`,
);
