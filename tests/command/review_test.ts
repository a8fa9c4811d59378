import assert from "node:assert/strict";
import { join } from "node:path";
import { review } from "lib/command/review.ts";
import { inProject } from "lib/store/project_root.ts";
import { inRun, putChart, SUBJECTS } from "../desk/desk_fixture.ts";
import { heard } from "./run_main.ts";

const BASKET = SUBJECTS["05_review"][0]!;

/** Starts the desk as its task does, in a process of its own, and reads its address. */
async function startedTask(args: readonly string[]) {
  const { tasks } = JSON.parse(await Deno.readTextFile(inProject("deno.json")));
  const [, ...words] = tasks.review.command.split(" ");
  const child = new Deno.Command(Deno.execPath(), {
    args: [...words, ...args],
    cwd: inProject("."),
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    ...{ stdin: "null", stdout: "piped", stderr: "piped" },
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const errors = new Response(child.stderr).text();
  let out = "";
  const read = async (until: RegExp) => {
    while (!until.test(out)) {
      const { value, done } = await reader.read();
      if (done) break;
      out += value;
    }
    return out;
  };
  const said = await read(/signed stays\.\n/);
  const url = URL.parse(said.match(/http:\S+/)?.[0] ?? "");
  return { child, url, said, errors, rest: () => read(/$^/) };
}

Deno.test("deno task review serves, signs and ends on Ctrl+C, with the permissions of the task", () =>
  inRun(async (out) => {
    const { child, url, said, errors, rest } = await startedTask(["--out", out, "--port", "0"]);
    assert.ok(url !== null, `${said}${url === null ? await errors : ""}`);
    assert.match(
      said,
      /^Review desk: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\nWaiting for a person: 8\. Ctrl\+C ends the desk; what is signed stays\.\n$/,
    );
    const ask = async (path: string) => {
      const answer = await fetch(`${url.origin}${path}${url.search}`);
      return { status: answer.status, text: await answer.text() };
    };
    assert.ok((await ask("/desk.js")).text.length > 10_000);
    assert.match((await ask("/desk.css")).text, /\/font\/regular\.ttf\?token=/);
    assert.equal(JSON.parse((await ask("/api/desk")).text).subjects.length, 10);
    assert.match((await ask("/report.html")).text, /Review report/);
    for (const view of ["dendrogram", "audit", "baskets", "prices"]) {
      const { status, text } = await ask(`/api/${view}`);
      assert.equal(status, 503, text);
      assert.match(JSON.parse(text).error, /^Cannot read .*run notebook \d\d again/, view);
    }
    const answer = await fetch(`${url.origin}/api/decisions${url.search}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url.origin },
      body: JSON.stringify({
        ...{ kind: "basket", subject: BASKET.id, verdict: "approve", value: {}, comment: "" },
        ...{ by: "Ada", seen: BASKET.seen, after: 0 },
      }),
    });
    assert.equal(answer.status, 200, await answer.text());
    child.kill("SIGINT");
    assert.match(await rest(), /The desk is closed\.\n$/);
    assert.deepEqual([(await child.status).code, await errors], [0, ""]);
  }));

Deno.test("review() writes the report and ends", () =>
  inRun(async (out) => {
    await putChart(out, "dendrogram", "<svg><title>A tree</title></svg>");
    const file = join(out, "deep", "report.html");
    const said = await heard(() => review(["--out", out, "--report", file]));
    assert.equal(said, `Review report: ${file}\n`);
    assert.match(await Deno.readTextFile(file), /alt="A tree"/);
  }));

Deno.test("review() says what is wrong with what it was asked", async () => {
  const port = (got: string) =>
    `Cannot open the review desk as --port must be a whole number from 0 to 65535: got "${got}"`;
  for (const got of ["70000", "x", "-1", "1.5", ""]) {
    await assert.rejects(review([`--port=${got}`]), { name: "RangeError", message: port(got) });
  }
  await assert.rejects(review(["--out", " "]), {
    name: "RangeError",
    message: "Cannot open the review as --out must name a folder: got an empty text",
  });
  await assert.rejects(review(["--sauce"]), { name: "TypeError" });
  const empty = await Deno.makeTempDir();
  try {
    await assert.rejects(review(["--out", empty, "--no-open"]), {
      message:
        `Cannot open the review desk as a run must have left 03_review, 04_review, 05_review: got none in "${empty}"\n` +
        "  What to do: run deno task start first, with the same --out",
    });
  } finally {
    await Deno.remove(empty, { recursive: true });
  }
  await inRun(async (out) => {
    await assert.rejects(review(["--out", out, "--report", " "]), {
      name: "RangeError",
      message: "Cannot write the report as --report must name a file: got an empty text",
    });
  });
});

Deno.test("review() says that a port is taken", () =>
  inRun(async (out) => {
    const other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    try {
      await assert.rejects(review(["--out", out, "--no-open", "--port", String(other.addr.port)]), {
        message:
          `Cannot start the review desk as its port must be free: got ${other.addr.port}, which another program has\n` +
          "  What to do: name another one with --port, or none",
      });
    } finally {
      other.close();
    }
  }));
