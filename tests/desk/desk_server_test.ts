import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { type RunningDesk, startDesk } from "lib/desk/desk_server.ts";
import { PAGE_POLICY, PICTURE_POLICY } from "lib/desk/page_html.ts";
import { readDecisions } from "lib/review/decision_files.ts";
import { filesBelow } from "lib/store/hash.ts";
import { inProject } from "lib/store/project_root.ts";
import { inRun, MISSING, putChart, SUBJECTS, VIEWS } from "./desk_fixture.ts";

const TOKEN = "a-token_of-the-desk-0123456789";
const BASKET = SUBJECTS["05_review"][0]!;
const PAGE = {
  script: "console.log('desk');",
  style: '@font-face{src:url("/font/regular.ttf")}body{margin:0}',
};
const SIGNED = {
  ...{ kind: "basket", subject: BASKET.id, verdict: "approve", value: {}, comment: "" },
  ...{ by: "Ada", seen: BASKET.seen, after: 0 },
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Does some work with a desk, which is stopped afterwards. */
function withDesk(
  work: (
    desk: RunningDesk,
    ask: (path: string, init?: RequestInit) => Promise<Answer>,
  ) => Promise<void>,
): Promise<void> {
  return inRun(async (out) => {
    await putChart(out, "nav", "<svg onload='alert(1)'/>");
    await Deno.writeTextFile(join(out, "secret.svg"), "secret");
    await Deno.writeTextFile(join(out, "secret.png"), "secret");
    const desk = await startDesk({ out, token: TOKEN, page: PAGE, views: VIEWS });
    const ask = async (path: string, init: RequestInit = {}) => {
      const headers = { authorization: `Bearer ${TOKEN}`, ...init.headers };
      const answer = await fetch(`http://127.0.0.1:${desk.port}${path}`, { ...init, headers });
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    try {
      await work(desk, ask);
    } finally {
      await desk.stop();
    }
  });
}

function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

/** Speaks HTTP byte by byte: `fetch` mends paths and headers before it sends them. */
async function raw(port: number, lines: readonly string[]): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    const text = [...lines, "Connection: close", "", ""].join("\r\n");
    await connection.write(new TextEncoder().encode(text));
    return await new Response(connection.readable).text();
  } catch (error) {
    return String(error);
  } finally {
    try {
      connection.close();
    } catch {
      // reading to the end has closed it
    }
  }
}

const PATHS = [
  ...["/", "/desk.js", "/desk.css", "/font/regular.ttf", "/font/semibold.ttf", "/report.html"],
  ...[
    "/api/desk",
    "/api/revision",
    "/api/quiet",
    "/api/dendrogram",
    "/api/baskets",
    "/api/prices?market=a",
  ],
  ...["/charts/nav.svg", "/charts/nav.png"],
];

/** Headers that a browser puts on what another page asks for. */
const STRANGERS = [
  ["origin", "http://evil.example"],
  ["origin", "null"],
  ["sec-fetch-site", "cross-site"],
] as const;

Deno.test("startDesk() serves the page, its files and its views, each under headers that close it", () =>
  withDesk(async (desk, ask) => {
    const types = [
      ...["text/html; charset=utf-8", "text/javascript; charset=utf-8", "text/css; charset=utf-8"],
      ...["font/ttf", "font/ttf", "text/html; charset=utf-8"],
      ...Array(6).fill("application/json; charset=utf-8"),
      ...["image/svg+xml", "image/png"],
    ];
    for (const [k, path] of PATHS.entries()) {
      const { status, headers } = await ask(path);
      assert.equal(status, 200, path);
      assert.equal(headers.get("content-type"), types[k], path);
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
      assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
      assert.equal(headers.get("cache-control"), "no-store, no-transform");
      assert.equal(
        headers.get("content-security-policy"),
        k < 5 ? PAGE_POLICY : PICTURE_POLICY,
        path,
      );
    }
    assert.match(PICTURE_POLICY, /default-src 'none'.*sandbox$/);
    assert.equal(desk.url, `http://127.0.0.1:${desk.port}/?token=${TOKEN}`);
    const page = await ask("/");
    assert.ok(page.text.includes(`<script type="module" src="/desk.js?token=${TOKEN}"></script>`));
    assert.ok(page.text.includes(`<link rel="stylesheet" href="/desk.css?token=${TOKEN}">`));
    assert.ok((await ask("/desk.css")).text.includes(`url("/font/regular.ttf?token=${TOKEN}")`));
    assert.equal((await ask("/desk.js")).text, PAGE.script);
    assert.equal((await ask("/api/dendrogram")).text, '{"name":"dendrogram","unknown":null}');
    assert.equal((await ask("/api/baskets?method=a%26b")).text, '{"method":"a&b"}');
    assert.equal((await ask("/api/prices?market=a&market=b")).text, '{"marketIds":["a","b"]}');
    const state = JSON.parse((await ask("/api/desk")).text);
    assert.deepEqual([state.subjects.length, state.nQuiet], [10, 1]);
    assert.deepEqual(JSON.parse((await ask("/api/revision")).text), { revision: state.revision });
    const quiet = JSON.parse((await ask("/api/quiet")).text);
    assert.deepEqual([quiet.revision, quiet.subjects.length], [state.quietRevision, 1]);
    assert.equal((await ask("/charts/nav.svg")).headers.get("content-disposition"), null);
    assert.equal(
      (await ask("/charts/nav.svg?save=1")).headers.get("content-disposition"),
      'attachment; filename="nav.svg"',
    );
    const head = await ask("/charts/nav.svg", { method: "HEAD" });
    assert.deepEqual([head.status, head.text], [200, ""]);
  }));

Deno.test("startDesk() answers nothing without its token, nor to another page", () =>
  withDesk(async (_, ask) => {
    for (const path of [...PATHS, "/api/audit", "/nothing"]) {
      for (const authorization of ["", "Bearer wrong-token-0123456789"]) {
        const { status, text } = await ask(path, { headers: { authorization } });
        assert.equal(status, 401, path);
        assert.doesNotMatch(text, /wrong-token|nothing/);
      }
      for (const [name, value] of STRANGERS) {
        assert.equal((await ask(path, { headers: { [name]: value } })).status, 403, path);
      }
    }
    const answer = await ask("/api/decisions", post(SIGNED, { authorization: "" }));
    // neither a page of the desk nor a program with the token
    assert.equal(answer.status, 401);
    assert.equal(
      (await ask("/api/decisions", post(SIGNED, { origin: "http://evil.example" }))).status,
      403,
    );
  }));

Deno.test("startDesk() answers to its own name only", () =>
  withDesk(async ({ port }) => {
    const asked = (host: string, target = "/api/desk") =>
      raw(port, [`GET ${target}?token=${TOKEN} HTTP/1.1`, `Host: ${host}`]);
    assert.match(await asked(`127.0.0.1:${port}`), /^HTTP\/1\.1 200 /);
    assert.match(await asked(`localhost:${port}`), /^HTTP\/1\.1 200 /);
    for (
      const host of [`rebound.example:${port}`, "127.0.0.1", `127.0.0.1:${port + 1}`, "", "a b"]
    ) {
      assert.match(await asked(host), /^HTTP\/1\.1 4(00|03) /, host);
    }
    assert.match(
      await asked(`127.0.0.1:${port}`, "http://rebound.example/api/desk"),
      /^HTTP\/1\.1 403 /,
    );
    const two = [`GET /?token=${TOKEN} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Host: b.example"];
    assert.match(await raw(port, two), /^HTTP\/1\.1 4(00|03) /);
    assert.match(await raw(port, [`GET /?token=${TOKEN} HTTP/1.0`]), /^HTTP\/1\.[01] 4(00|03) /);
  }));

Deno.test("startDesk() reads no path that is none of its own", () =>
  withDesk(async ({ port }, ask) => {
    const paths = [
      ...[
        "/../../x",
        "/charts/../../x",
        "/charts/../../../secret.svg",
        "/charts/..%2f..%2fsecret.svg",
      ],
      ...["/charts/%2e%2e/%2e%2e/secret.svg", "/charts/..%5c..%5csecret.svg", "/charts/nav.svg%00"],
      ...[
        "/charts/nav%00.svg",
        "/charts//etc/passwd",
        "/charts/%2fetc%2fpasswd",
        "/charts/nav.txt",
      ],
      ...[
        "/charts/",
        "/charts/.svg",
        "/charts/nav",
        "/charts/%252e%252e%252fsecret.svg",
        "//etc/passwd",
      ],
      ...[
        "/secret.svg",
        "/checkpoints/03_review.parquet",
        "/constructor",
        "/__proto__",
        "/desk.js/",
      ],
      ...[
        "/charts/NAV.svg",
        "/font/../api/../secret.svg",
        "/api",
        "/.git/config",
        "/font/bold.ttf",
      ],
    ];
    for (const path of paths) {
      const lines = [`GET ${path}?token=${TOKEN} HTTP/1.1`, `Host: 127.0.0.1:${port}`];
      const answer = await raw(port, lines);
      assert.match(answer, /^HTTP\/1\.1 4(00|03|04) /, path);
      assert.doesNotMatch(answer, /\bsecret\b|passwd|onload/, path);
    }
    assert.equal((await ask("/charts/gone.svg")).status, 404);
  }));

Deno.test("startDesk() refuses other methods, types and lengths", () =>
  withDesk(async ({ port }, ask) => {
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
      assert.equal((await ask("/api/decisions", { method })).status, 405, method);
    }
    assert.equal((await ask("/api/decisions")).status, 405);
    assert.equal((await ask("/api/desk", post({}))).status, 405);
    assert.equal((await ask("/nothing", post({}))).status, 404);
    assert.equal(
      (await ask("/api/decisions", post("a=1", { "content-type": "text/plain" }))).status,
      415,
    );
    const long = await ask("/api/decisions", post(`"${"x".repeat(1_100_000)}"`));
    assert.equal(long.status, 413);
    const chunk = `${(700_000).toString(16)}\r\n${"x".repeat(700_000)}\r\n`;
    const chunked = await raw(port, [
      "POST /api/decisions HTTP/1.1",
      ...[`Host: 127.0.0.1:${port}`, `Authorization: Bearer ${TOKEN}`],
      ...["Content-Type: application/json", "Transfer-Encoding: chunked", "Connection: close", ""],
      `${chunk}${chunk}0\r\n`,
    ]);
    assert.match(chunked, /^HTTP\/1\.1 413 /);
    const broken = await ask("/api/decisions", post("{"));
    assert.equal(broken.status, 400);
    assert.equal(broken.text, '{"refused":"malformed","reason":"A decision must be JSON."}');
  }));

Deno.test("startDesk() says what to do where a view has nothing to rest on", () =>
  withDesk(async (_, ask) => {
    const missing = await ask("/api/audit");
    assert.equal(missing.status, 503);
    assert.equal(JSON.parse(missing.text).error, MISSING);
    assert.equal((await ask("/api/baskets?method=none")).status, 400);
    const said: unknown[][] = [];
    const { error } = console;
    console.error = (...words: unknown[]) => said.push(words);
    try {
      const unexpected = await ask("/api/prices");
      assert.equal(unexpected.status, 500);
      assert.doesNotMatch(unexpected.text, /secret|at file|undefined/);
    } finally {
      console.error = error;
    }
    assert.match(String(said[0]![1]), /in a secret place/);
  }));

Deno.test("startDesk() signs, tells the second of two tabs, and one that saw other data", () =>
  withDesk(async (_, ask) => {
    const tabs = await Promise.all(
      ["Ada", "Ben"].map((by) => ask("/api/decisions", post({ ...SIGNED, by }))),
    );
    assert.deepEqual(tabs.map(({ status }) => status).sort(), [200, 409]);
    const [won, lost] = [200, 409].map((status) =>
      JSON.parse(tabs.find((one) => one.status === status)!.text)
    );
    assert.equal(lost.refused, "second");
    assert.deepEqual(lost.decision, won.stored);
    assert.match(won.stored.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const stale = await ask("/api/decisions", post({ ...SIGNED, seen: "0".repeat(64), after: 1 }));
    assert.equal(stale.status, 409);
    assert.equal(JSON.parse(stale.text).refused, "changed");
  }));

Deno.test("startDesk() listens on loopback and nowhere else", () =>
  withDesk(async ({ port }) => {
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) =>
        address
      );
    // by another program, as the permissions of the tests do not reach that far
    const isOpen = async (address: string) => {
      const { success } = await new Deno.Command(Deno.execPath(), {
        args: [
          "eval",
          "--no-config",
          `(await Deno.connect(${JSON.stringify({ hostname: address, port })})).close()`,
        ],
        ...{ stdout: "null", stderr: "null" },
      }).output();
      return success;
    };
    assert.equal(await isOpen("127.0.0.1"), true);
    for (const address of [...others, "127.0.0.2", "::1"]) {
      assert.equal(await isOpen(address), false, address);
    }
  }));

Deno.test("startDesk() makes another token each time, and refuses a weak one and a taken port", () =>
  withDesk(async ({ port }) => {
    const options = { out: "nowhere", page: PAGE, views: VIEWS };
    const [one, two] = await Promise.all([startDesk(options), startDesk(options)]);
    assert.match(one.url, /\?token=[\w-]{43}$/);
    assert.notEqual(one.url.split("=")[1], two.url.split("=")[1]);
    await Promise.all([one.stop(), two.stop()]);
    await assert.rejects(startDesk({ ...options, port }), {
      message:
        `Cannot start the review desk as its port must be free: got ${port}, which another program has\n` +
        "  What to do: name another one with --port, or none",
    });
    await assert.rejects(startDesk({ ...options, token: "short" }), {
      name: "RangeError",
      message:
        'Cannot start the review desk as its token must be 16 or more of A-Z, a-z, 0-9, "-" and "_": got 5 characters',
    });
  }));

Deno.test("startDesk() ends within a second, whoever still asks or keeps a connection", () =>
  inRun(async (out) => {
    const views = { ...VIEWS, audit: () => new Promise<never>(() => {}) };
    const desk = await startDesk({ out, token: TOKEN, page: PAGE, views });
    const idle = await Deno.connect({ hostname: "127.0.0.1", port: desk.port });
    const asking = assert.rejects(fetch(desk.url.replace("/?", "/api/audit?")));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = performance.now();
    await Promise.all([desk.stop(), desk.stop(), desk.finished, asking]);
    assert.ok(performance.now() - before < 2000);
    idle.close();
    await assert.rejects(Deno.connect({ hostname: "127.0.0.1", port: desk.port }));
  }));

Deno.test("startDesk() leaves whole decisions however it is killed", () =>
  inRun(async (out) => {
    let nStored = 0;
    for (const delay of [30, 70, 110]) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", inProject("tests/desk/desk_process.ts"), out],
        ...{ cwd: inProject("."), stdin: "null", stdout: "piped", stderr: "null" },
      }).spawn();
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      const url = new URL(String((await reader.read()).value).trim());
      const before = nStored;
      const timer = setInterval(() => {
        if (nStored === before) return;
        clearInterval(timer);
        child.kill("SIGKILL");
      }, delay);
      try {
        for (;;) {
          const answer = await fetch(`${url.origin}/api/decisions${url.search}`, {
            ...post({ ...SIGNED, after: nStored, comment: "x".repeat(3000) }, {
              origin: url.origin,
            }),
          });
          const said = await answer.json();
          // what the killed desk stored without being able to say so
          if (answer.status === 409) nStored = said.decision.number;
          else {
            assert.equal(answer.status, 200);
            nStored = said.stored.number;
          }
        }
      } catch (error) {
        assert.ok(error instanceof TypeError, String(error));
      } finally {
        clearInterval(timer);
        await child.status;
        await reader.cancel();
      }
    }
    const { decisions, rejected } = await readDecisions(out);
    assert.deepEqual(rejected, []);
    assert.ok(nStored >= 3 && decisions.length >= nStored);
    assert.deepEqual(
      decisions.map(({ number }) => number).sort((a, b) => a - b),
      decisions.map((_, k) => k + 1),
    );
    const files = (await filesBelow(join(out, "reviews"))).filter((file) => file.endsWith(".json"));
    assert.equal(files.length, decisions.length);
  }));
