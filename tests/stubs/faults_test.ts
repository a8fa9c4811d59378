import assert from "node:assert/strict";
import type { FaultPlan, FaultRule } from "./fault_plan.ts";
import { type FaultInjector, faults } from "./faults.ts";

interface Got {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` where the body did not come whole. */
  readonly text: string | undefined;
  readonly error: string;
}

type Ask = (path: string, init?: RequestInit) => Promise<Got>;

const NOW_MS = Date.UTC(2026, 2, 1);

/** A venue of 30 rows in pages of 10, behind the faults of a plan. */
function venue(request: Request): Response {
  const url = new URL(request.url);
  const from = Number(url.searchParams.get("cursor") ?? 0);
  const rows = Array.from({ length: 10 }, (_, k) => ({
    id: `row-${from + k}`,
    size: from + k,
    price: "0.5600",
    status: "active",
  }));
  const headers = { date: new Date(NOW_MS).toUTCString() };
  if (url.pathname === "/list") return Response.json(rows, { headers });
  const cursor = from + 10 < 30 ? `${from + 10}` : "";
  return Response.json({ rows, cursor }, { headers });
}

async function withFaults(
  plan: Omit<FaultPlan, "seed">,
  test: (ask: Ask, injector: FaultInjector) => Promise<void>,
) {
  const injector = faults({ seed: 7, ...plan });
  const server = Deno.serve({
    port: 0,
    hostname: "127.0.0.1",
    onListen() {},
    onError: () => new Response(null, { status: 500 }),
  }, (request) => injector(request, () => Promise.resolve(venue(request))));
  const ask: Ask = async (path, init) => {
    const response = await fetch(`http://127.0.0.1:${server.addr.port}${path}`, init);
    const { status, headers } = response;
    try {
      return { status, headers, text: await response.text(), error: "" };
    } catch (error) {
      return { status, headers, text: undefined, error: `${error}` };
    }
  };
  try {
    await test(ask, injector);
  } finally {
    await server.shutdown();
  }
}

const one = (rule: Omit<FaultRule, "share">) => ({ rules: [{ share: 1, ...rule }] });

async function json(got: Promise<Got>) {
  return JSON.parse((await got).text!);
}

/** Ids of all rows of a walk, which ends at an empty cursor or after ten pages. */
async function walk(ask: Ask): Promise<string[]> {
  const ids: string[] = [];
  let cursor = "";
  for (let k = 0; k < 10; ++k) {
    const page = await json(ask(cursor === "" ? "/pages" : `/pages?cursor=${cursor}`));
    ids.push(...page.rows.map((row: { id: string }) => row.id));
    cursor = page.cursor;
    if (cursor === "") break;
  }
  return ids;
}

const ALL = Array.from({ length: 30 }, (_, k) => `row-${k}`);

Deno.test("faults() lets everything through under an empty plan", async () => {
  await withFaults({ rules: [] }, async (ask, { counts, injected }) => {
    assert.deepEqual(await walk(ask), ALL);
    assert.deepEqual({ counts, injected }, { counts: {}, injected: [] });
  });
});

Deno.test("faults() refuses with the status of its kind, and lets a fourth try through", async () => {
  const kinds = [["status500", 500], ["status502", 502], ["status503", 503]] as const;
  for (const [kind, status] of kinds) {
    await withFaults(one({ kind }), async (ask, { counts }) => {
      const tries = [];
      for (let k = 0; k < 4; ++k) tries.push((await ask("/pages")).status);
      assert.deepEqual(tries, [status, status, status, 200]);
      assert.deepEqual(counts, { [kind]: 3 });
    });
  }
});

Deno.test("faults() refuses what comes in a storm, whatever its path", async () => {
  const rule: FaultRule = {
    kind: "storm429",
    share: 1,
    path: "/pages",
    length: 5,
    retryAfter: "2",
  };
  await withFaults({ rules: [rule], nowMs: () => NOW_MS }, async (ask, { counts }) => {
    const first = await ask("/pages");
    assert.equal(first.headers.get("retry-after"), "2");
    assert.equal(first.headers.get("date"), "Sun, 01 Mar 2026 00:00:00 GMT");
    assert.equal(first.text, `{"error":"too many requests"}`);
    assert.equal((await ask("/pages?cursor=10")).status, 429);
    assert.equal((await ask("/list")).status, 200);
    assert.deepEqual(counts, { storm429: 2 });
  });
});

Deno.test("faults() leaves Retry-After out of a storm without one", async () => {
  await withFaults(one({ kind: "storm429" }), async (ask) => {
    const got = await ask("/pages");
    assert.deepEqual([got.status, got.headers.get("retry-after")], [429, null]);
  });
});

Deno.test("faults() breaks the connection before the body and within it", async () => {
  for (const where of ["before", "within"] as const) {
    await withFaults(one({ kind: "reset", where }), async (ask, { injected }) => {
      const got = await ask("/pages");
      assert.equal(got.text, undefined);
      assert.match(got.error, /error reading a body from connection/);
      assert.deepEqual(injected, [{ kind: "reset", request: "GET /pages", detail: where }]);
    });
  }
});

Deno.test("faults() cuts a body short of its length, or in its chunks", async () => {
  for (const how of ["length", "cut"] as const) {
    await withFaults(one({ kind: "truncate", how }), async (ask, { injected }) => {
      const got = await ask("/pages");
      assert.equal(got.text, undefined);
      const length = got.headers.get("content-length");
      assert.equal(length, how === "length" ? "614" : null);
      assert.match(injected[0]!.detail, new RegExp(`^${how}, \\d+ of 614 bytes$`));
    });
  }
});

Deno.test("faults() ends a truncated body properly where told to", async () => {
  await withFaults(one({ kind: "truncate", how: "ended" }), async (ask) => {
    const { text } = await ask("/pages");
    assert.ok(text!.startsWith(`{"rows":[{"id":"row-0"`) && text!.length < 614);
    assert.throws(() => JSON.parse(text!), SyntaxError);
  });
});

Deno.test("faults() lets a body drip whole, and stops when the client goes", async () => {
  await withFaults(one({ kind: "drip", overMs: 200 }), async (ask) => {
    const since = performance.now();
    assert.equal((await json(ask("/pages"))).rows.length, 10);
    assert.ok(performance.now() - since >= 190);
    const given = await ask("/pages", { signal: AbortSignal.timeout(50) });
    assert.match(given.error, /TimeoutError/);
  });
});

Deno.test("faults() garbles JSON so that it cannot be parsed", async () => {
  await withFaults({ rules: [{ kind: "malformed", share: 1 }] }, async (ask) => {
    for (const path of ["/pages", "/pages?cursor=10", "/list"]) {
      const { status, text } = await ask(path);
      assert.equal(status, 200);
      assert.throws(() => JSON.parse(text!), SyntaxError);
    }
  });
});

Deno.test("faults() answers 200 with a page in HTML or a limit in words", async () => {
  await withFaults(one({ kind: "html" }), async (ask) => {
    const got = await ask("/pages");
    assert.deepEqual([got.status, got.headers.get("content-type")], [200, "text/html"]);
    assert.match(got.text!, /^<!DOCTYPE html>/);
  });
  await withFaults(one({ kind: "rateLimit200" }), async (ask) => {
    const got = await ask("/pages");
    assert.deepEqual([got.status, got.text], [200, `{"error":"Too Many Requests"}`]);
  });
});

Deno.test("faults() sends a huge body that is JSON", async () => {
  await withFaults(one({ kind: "huge", bytes: 300_000 }), async (ask) => {
    const { text } = await ask("/pages");
    assert.equal(text!.length, 300_000);
    assert.deepEqual(JSON.parse(text!), []);
  });
});

Deno.test("faults() drops, retypes and renames one field, each time the same", async () => {
  const row = { id: "row-", size: 0, price: "0.5600", status: "active" };
  const cases = [
    { kind: "missingField", field: "size", want: [undefined, "0.5600", "active"] },
    { kind: "retypedField", field: "price", want: ["number", 0.56, "active"] },
    { kind: "retypedField", field: "size", want: ["string", "0.5600", "active"] },
    { kind: "newEnum", field: "status", want: ["number", "0.5600", "paused2"] },
  ] as const;
  for (const { kind, field, want } of cases) {
    await withFaults(one({ kind, field }), async (ask, { injected }) => {
      const { rows } = await json(ask("/pages"));
      assert.deepEqual((await json(ask("/pages"))).rows, rows);
      const number = Number(/^row (\d): /.exec(injected[0]!.detail)![1]);
      const changed = rows[number];
      assert.equal(changed.id, `row-${number}`);
      const size = changed.size === undefined ? undefined : typeof changed.size;
      assert.deepEqual([size, changed.price, changed.status], want);
      assert.equal(injected[0]!.detail, `row ${number}: ${field}`);
      for (const [k, other] of rows.entries()) {
        if (k !== number) assert.deepEqual(other, { ...row, id: `row-${k}`, size: k });
      }
    });
  }
});

Deno.test("faults() picks a field where the plan names none", async () => {
  for (const kind of ["missingField", "retypedField", "newEnum"] as const) {
    await withFaults(one({ kind }), async (ask, { counts }) => {
      const rows = await json(ask("/list"));
      const plain = await venue(new Request("http://x/list")).json();
      const changed = rows.filter((row: unknown, k: number) =>
        JSON.stringify(row) !== JSON.stringify(plain[k])
      );
      assert.equal(changed.length, 1);
      assert.deepEqual(counts, { [kind]: 1 });
    });
  }
});

Deno.test("faults() takes the list out of a page", async () => {
  await withFaults(one({ kind: "missingEnvelope" }), async (ask) => {
    assert.deepEqual(await json(ask("/pages")), { cursor: "10" });
    assert.deepEqual(await json(ask("/list")), {});
  });
});

Deno.test("faults() serves the page before again and loses no row", async () => {
  await withFaults(one({ kind: "duplicatePage" }), async (ask, { counts }) => {
    const ids = await walk(ask);
    assert.deepEqual(ids, [
      ...ALL.slice(0, 10),
      ...ALL.slice(0, 10),
      ...ALL.slice(10, 20),
      ...ALL.slice(10, 20),
      ...ALL.slice(20),
    ]);
    assert.deepEqual(counts, { duplicatePage: 2 });
    assert.equal((await ask("/pages?cursor=10")).text, (await ask("/pages?cursor=10")).text);
  });
});

Deno.test("faults() gives half of a page with the next one and loses no row", async () => {
  await withFaults(one({ kind: "reorderPages" }), async (ask) => {
    const ids = await walk(ask);
    assert.deepEqual(ids.slice(0, 11), [...ALL.slice(0, 5), ...ALL.slice(10, 15), "row-5"]);
    assert.deepEqual(new Set(ids), new Set(ALL));
    assert.equal(ids.length, 30);
  });
});

Deno.test("faults() keeps all rows where pages are doubled and reordered at once", async () => {
  const rules = (["duplicatePage", "reorderPages", "shuffledRows", "duplicateRows"] as const)
    .map((kind) => ({ kind, share: 0.7 }));
  for (let seed = 1; seed <= 8; ++seed) {
    const injector = faults({ seed, rules });
    const ask: Ask = async (path) => {
      const request = new Request(`http://x${path}`);
      const response = await injector(request, () => Promise.resolve(venue(request)));
      const { status, headers } = response;
      return { status, headers, text: await response.text(), error: "" };
    };
    assert.deepEqual(new Set(await walk(ask)), new Set(ALL), `seed ${seed}`);
  }
});

Deno.test("faults() shuffles and doubles rows of a page, each time the same", async () => {
  for (const kind of ["shuffledRows", "duplicateRows"] as const) {
    await withFaults(one({ kind }), async (ask, { counts }) => {
      const got = (await ask("/pages")).text!;
      assert.equal((await ask("/pages")).text, got);
      const ids = JSON.parse(got).rows.map((row: { id: string }) => row.id);
      assert.deepEqual(new Set(ids), new Set(ALL.slice(0, 10)));
      assert.equal(ids.length > 10, kind === "duplicateRows");
      assert.notDeepEqual(ids, ALL.slice(0, 10));
      assert.deepEqual(counts, { [kind]: 2 });
    });
  }
});

Deno.test("faults() repeats a cursor for ever", async () => {
  await withFaults(one({ kind: "repeatCursor" }), async (ask) => {
    assert.equal((await json(ask("/pages"))).cursor, "10");
    assert.equal((await json(ask("/pages?cursor=10"))).cursor, "10");
    assert.equal((await walk(ask)).length, 100);
  });
});

Deno.test("faults() sets the clock of the header Date off by hours", async () => {
  await withFaults(one({ kind: "dateSkew", hours: -3 }), async (ask) => {
    const { headers, text } = await ask("/pages");
    assert.equal(headers.get("date"), "Sat, 28 Feb 2026 21:00:00 GMT");
    assert.equal(JSON.parse(text!).rows.length, 10);
  });
});

Deno.test("faults() strikes the share that the plan says, by request and by try", async () => {
  const rules: FaultRule[] = [
    { kind: "status500", share: 0.2 },
    { kind: "missingField", share: 0.3 },
  ];
  const injector = faults({ seed: 7, rules });
  const again = faults({ seed: 7, rules });
  for (let k = 0; k < 2_000; ++k) {
    const request = new Request(`http://x/pages?market=${k}`);
    const texts = await Promise.all([injector, again].map(async (one) => {
      const response = await one(request, () => Promise.resolve(venue(request)));
      return `${response.status} ${await response.text()}`;
    }));
    assert.equal(texts[0], texts[1]);
  }
  const { status500, missingField } = injector.counts;
  assert.ok(Math.abs(status500! - 400) < 60, `${status500}`);
  assert.ok(Math.abs(missingField! - 480) < 65, `${missingField}`);
});

Deno.test("faults() never lets a request with a lasting fault through", async () => {
  await withFaults(one({ kind: "status500", isLasting: true }), async (ask) => {
    for (let k = 0; k < 8; ++k) assert.equal((await ask("/pages")).status, 500);
  });
});

Deno.test("faults() tells two POST bodies apart", async () => {
  await withFaults({ rules: [{ kind: "status500", share: 1 }] }, async (ask, { injected }) => {
    await ask("/pages", { method: "POST", body: "[1]" });
    await ask("/pages", { method: "POST", body: "[2]" });
    assert.deepEqual(injected.map(({ request }) => request), [
      "POST /pages [1]",
      "POST /pages [2]",
    ]);
  });
});

Deno.test("faults() refuses a share outside of [0, 1]", () => {
  assert.throws(() => faults({ seed: 1, rules: [{ kind: "reset", share: 2 }] }), {
    name: "RangeError",
    message: "Cannot plan the fault reset as its share must be in [0, 1]: got 2",
  });
});
