import { gunzipSync, gzipSync } from "node:zlib";
import { randomStream } from "lib/core/random.ts";
import type { Answer } from "lib/fetch/ask.ts";
import { writeFileAtomic } from "lib/store/atomic.ts";
import { sha256Hex } from "lib/store/hash.ts";
import { openResponseStore, type StoredReading } from "lib/store/response_store.ts";

/** Answers like those about the prices of a contract: 15 days of 3 hours, about 5 KB. */
function madeAnswers(n: number): { answer: Answer; reading: StoredReading }[] {
  const random = randomStream(1, "answers");
  return Array.from({ length: n }, (_, k) => {
    const value = {
      history: Array.from({ length: 120 }, (_, i) => ({
        timestamp: 1_700_000_000 + 10_800 * i,
        price: Math.round(random() * 1e4) / 1e4,
      })),
    };
    const subject = `poly:${500_000 + k}`;
    const ask = { host: "data", path: `/v2/prices-history?k=${k}`, body: null, kind: "prices" };
    const fact = { kind: "days", subject, fromMs: 0, toMs: 1, isVersion: false };
    return {
      answer: {
        ask: { ...ask, format: "json", subject, edition: "" },
        atMs: 1e12 + k,
        status: 200,
        text: JSON.stringify(value),
        value,
      },
      reading: {
        facts: [{ ...fact, content: JSON.stringify(value.history.slice(0, 15)) }],
        oddities: [],
      },
    };
  });
}

/** The plain way: a compressed file an answer, written so that a reader sees all of it or nothing. */
async function writeFiles(folder: string, made: ReturnType<typeof madeAnswers>): Promise<void> {
  for (const { answer, reading } of made) {
    const path = `${folder}/${sha256Hex(answer.ask.path)}.json.gz`;
    await writeFileAtomic(path, gzipSync(JSON.stringify({ answer, reading })));
  }
}

async function readFiles(folder: string): Promise<number> {
  let sum = 0;
  for await (const { name } of Deno.readDir(folder)) {
    const text = gunzipSync(await Deno.readFile(`${folder}/${name}`)).toString();
    sum += (JSON.parse(text) as { answer: Answer }).answer.atMs;
  }
  return sum;
}

function fill(path: string, made: ReturnType<typeof madeAnswers>): void {
  const store = openResponseStore(path);
  for (const { answer, reading } of made) store.add(answer, reading);
  store.close();
}

function readStore(path: string): number {
  const store = openResponseStore(path);
  let sum = 0;
  for (const { atMs } of store.answers()) sum += atMs;
  store.close();
  return sum;
}

/** Times `work` alone, in a folder of its own that `prepare` may fill. */
function benchInFolder(
  bench: { name: string; group: string; baseline?: boolean },
  { prepare, work }: {
    prepare?: (folder: string) => unknown;
    work: (folder: string) => unknown;
  },
): void {
  Deno.bench(bench, async (b) => {
    const folder = await Deno.makeTempDir();
    await prepare?.(folder);
    b.start();
    await work(folder);
    b.end();
    await Deno.remove(folder, { recursive: true });
  });
}

for (const n of [50, 200, 800]) {
  const made = madeAnswers(n);
  const writeAll = (folder: string) => writeFiles(folder, made);
  const fillAll = (folder: string) => fill(`${folder}/responses.sqlite`, made);

  const storing = `store ${n} answers`;
  benchInFolder(
    { name: `${storing}, a gzip file each`, group: storing, baseline: true },
    { work: writeAll },
  );
  benchInFolder({ name: `${storing}, ResponseStore.add()`, group: storing }, { work: fillAll });

  const reading = `read ${n} answers`;
  benchInFolder(
    { name: `${reading}, a gzip file each`, group: reading, baseline: true },
    { prepare: writeAll, work: readFiles },
  );
  benchInFolder(
    { name: `${reading}, ResponseStore.answers()`, group: reading },
    { prepare: fillAll, work: (folder) => readStore(`${folder}/responses.sqlite`) },
  );
}
