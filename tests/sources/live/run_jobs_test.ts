import assert from "node:assert/strict";
import type { Ask, Reply } from "lib/fetch/ask.ts";
import { PullStopped, runJobs } from "lib/sources/live/run_jobs.ts";
import type { Job } from "lib/sources/live/venue.ts";

Deno.test("runJobs() hands each reply to the job that asked for it", async () => {
  const heard: string[] = [];
  const jobs = ["a", "b", "c"].map((name) => chain(name, 3, (text) => heard.push(text)));
  const tally = await runJobs(jobs, { ask: echo, atOnce: 2, ended: () => {} });
  assert.deepEqual(tally, { done: 3, failed: 0 });
  assert.deepEqual(heard.sort(), [
    "a/0",
    "a/1",
    "a/2",
    "b/0",
    "b/1",
    "b/2",
    "c/0",
    "c/1",
    "c/2",
  ]);
});

Deno.test("runJobs() has at most so many jobs under way, and makes them as they are wanted", async () => {
  let made = 0, underWay = 0, most = 0;
  function* jobs() {
    for (let n = 0; n < 40; ++n) {
      ++made;
      yield chain(`job ${n}`, 2);
    }
  }
  await runJobs(jobs(), {
    atOnce: 4,
    ask: async (ask) => {
      most = Math.max(most, ++underWay);
      assert.ok(made <= 44, "the plan ran ahead");
      await Promise.resolve();
      --underWay;
      return echo(ask);
    },
    ended: () => {},
  });
  assert.equal(most, 4);
  assert.equal(made, 40);
});

Deno.test("runJobs() goes on when a job throws, and tells which", async () => {
  const told: [string, string | undefined][] = [];
  const broken: Job = {
    name: "broken",
    nAsks: 1,
    *run() {
      yield ask("broken/0");
      throw new Error("Cannot walk");
    },
  };
  const tally = await runJobs([chain("a", 1), broken, chain("b", 1)], {
    ask: echo,
    atOnce: 1,
    ended: (job, error) => told.push([job.name, error?.message]),
  });
  assert.deepEqual(tally, { done: 2, failed: 1 });
  assert.deepEqual(told, [["a", undefined], ["broken", "Cannot walk"], ["b", undefined]]);
});

Deno.test("runJobs() ends all jobs when the asker throws, and leaves none under way", async () => {
  let asked = 0, answered = 0;
  const stopped = new PullStopped("Stopped after 3 requests", { isFault: false });
  const running = runJobs(Array.from({ length: 20 }, (_, n) => chain(`job ${n}`, 5)), {
    atOnce: 4,
    ask: async (ask) => {
      if (++asked > 3) throw stopped;
      await new Promise((resolve) => setTimeout(resolve, 5));
      ++answered;
      return echo(ask);
    },
    ended: () => {},
  });
  await assert.rejects(running, stopped);
  assert.equal(answered, 3, "requests that were under way were waited for");
});

Deno.test("runJobs() throws what a plan throws", async () => {
  // deno-lint-ignore require-yield
  function* plan(): Generator<Job> {
    throw new RangeError("no such host");
  }
  await assert.rejects(runJobs(plan(), { ask: echo, atOnce: 2, ended: () => {} }), {
    name: "RangeError",
    message: "no such host",
  });
});

function chain(name: string, length: number, hear: (text: string) => void = () => {}): Job {
  return {
    name,
    nAsks: length,
    *run() {
      for (let n = 0; n < length; ++n) {
        const reply = yield ask(`${name}/${n}`);
        assert.ok(reply.isAnswer);
        assert.equal(reply.answer.ask.path, `${name}/${n}`);
        hear(reply.answer.text);
      }
    },
  };
}

function ask(path: string): Ask {
  return {
    host: "stub",
    path,
    body: null,
    format: "json",
    kind: "test",
    subject: "",
    edition: "",
  };
}

function echo(asked: Ask): Promise<Reply> {
  return Promise.resolve({
    isAnswer: true,
    answer: { ask: asked, atMs: 0, status: 200, text: asked.path, value: undefined },
  });
}
