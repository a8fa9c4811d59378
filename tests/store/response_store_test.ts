import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { type Answer, type Ask, type Failure } from "lib/fetch/ask.ts";
import {
  type FactRow,
  type OddityRow,
  openResponseStore,
  type ResponseStore,
  type StoredReading,
} from "lib/store/response_store.ts";

const ASK: Ask = {
  host: "gamma",
  path: "/markets?a=1",
  body: null,
  format: "json",
  kind: "gamma_markets",
  subject: "",
  edition: "2026-11-22",
};
const NOTHING: StoredReading = { facts: [], oddities: [] };
const ODDITY: OddityRow = { place: "p /x", row: 3, column: "c", value: "v\0\ud800", reason: "r" };

function answerTo(path: string, text: string, { atMs = 1000, ...rest }: Partial<Answer> = {}) {
  const value: unknown = JSON.parse(text);
  return Object.freeze({ ask: { ...ASK, path }, atMs, status: 200, text, value, ...rest });
}

function version(subject: string, content: string, kind = "state"): FactRow {
  return { kind, subject, fromMs: null, toMs: null, isVersion: true, content };
}

function days(subject: string, fromMs: number, content: string): FactRow {
  return { kind: "days", subject, fromMs, toMs: fromMs + 10, isVersion: false, content };
}

function only(...facts: FactRow[]): StoredReading {
  return { facts, oddities: [] };
}

function contents(store: ResponseStore, filter = {}): string[] {
  return Array.from(
    store.facts(filter),
    ({ subject, kind, knownAtMs, content }) => `${subject} ${kind} ${knownAtMs} ${content}`,
  );
}

function inStore(work: (store: ResponseStore, path: string) => void, options = {}): void {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/made/here/responses.sqlite`;
  const store = openResponseStore(path, options);
  try {
    work(store, path);
  } finally {
    store.close();
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("ResponseStore.find() gives the answer back as it was stored", () =>
  inStore((store) => {
    const whole = answerTo("/a", '{"a": "€ \\u0000"}', { atMs: 1.7e12 + 1 });
    const csv = { ...whole, ask: { ...ASK, path: "/b", format: "csv" as const, body: "{}" } };
    const none = { ...whole, ask: { ...ASK, path: "/c" }, status: 404 };
    const marked = "\ufeffa,b\0\r\n";
    assert.equal(store.find(whole.ask), undefined);
    assert.equal(store.add(whole, NOTHING), true);
    assert.equal(store.add({ ...csv, text: marked }, NOTHING), true);
    assert.equal(store.add({ ...none, text: "not found" }, NOTHING), true);
    assert.deepEqual(store.find(whole.ask), { ...whole, value: { a: "€ \0" } });
    assert.deepEqual(store.find(csv.ask), { ...csv, text: marked, value: undefined });
    assert.deepEqual(store.find(none.ask), { ...none, text: "not found", value: undefined });
  }));

Deno.test("ResponseStore.add() writes nothing where the key is there already", () =>
  inStore((store) => {
    store.add(answerTo("/a", "1"), only(version("s", "1")));
    const again = { ...answerTo("/a", "2"), ask: { ...ASK, path: "/a", kind: "other" } };
    assert.equal(store.add(again, only(version("s", "2"), days("s", 0, "3"))), false);
    assert.equal(store.find({ ...ASK, path: "/a" })?.text, "1");
    assert.deepEqual(contents(store), ["s state 1000 1"]);
    assert.deepEqual(store.count(), { answers: 1, bytes: 1, storedBytes: 10, facts: 1 });
  }));

Deno.test("ResponseStore.add() keeps a body once, however many answers have it", () =>
  inStore((store) => {
    const text = JSON.stringify("page ".repeat(2000));
    store.add(answerTo("/a", text), NOTHING);
    const { storedBytes } = store.count();
    assert.ok(storedBytes < text.length / 100);
    store.add(answerTo("/b", text), NOTHING);
    assert.deepEqual(store.count(), { answers: 2, bytes: 2 * text.length, storedBytes, facts: 0 });
    assert.equal(store.find({ ...ASK, path: "/b" })?.text, text);
  }));

Deno.test("ResponseStore.add() stores a version only where it differs from the latest known", () =>
  inStore((store) => {
    const add = (path: string, atMs: number, ...facts: FactRow[]) =>
      store.add(answerTo(path, "0", { atMs }), only(...facts));
    add("/1", 100, version("s", "a"), version("s", "a", "listing"), days("s", 0, "a"));
    add("/2", 200, version("s", "a"), days("s", 0, "a"));
    add("/3", 300, version("s", "b"), version("s", "b"), version("s", "a"));
    add("/4", 250, version("s", "a"), version("other", "a"));
    add("/5", 400, version("s", "b"));
    assert.deepEqual(contents(store), [
      "other state 250 a",
      "s days 100 a",
      "s days 200 a",
      "s listing 100 a",
      "s state 100 a",
      "s state 300 b",
      "s state 300 a",
      "s state 400 b",
    ]);
    assert.equal(store.count().facts, 8);
    assert.equal(store.seenAtMs("s"), 400);
    assert.equal(store.seenAtMs("other"), 250);
    assert.equal(store.seenAtMs("never"), undefined);
  }));

Deno.test("ResponseStore.seenAtMs() is the last time, whatever the order of storing, also unchanged", () =>
  inStore((store) => {
    for (const [path, atMs] of [["/1", 100], ["/2", 300], ["/3", 200]] as const) {
      store.add(answerTo(path, "0", { atMs }), only(version("s", "a"), days("t", 0, "b")));
    }
    assert.equal(store.seenAtMs("s"), 300);
    assert.equal(store.seenAtMs("t"), undefined);
  }));

Deno.test("ResponseStore.facts() picks by kind, subject and prefix", () =>
  inStore((store) => {
    const long = JSON.stringify("é".repeat(9000));
    store.add(
      answerTo("/1", "0"),
      only(
        { ...days("poly:2", 0, long), outline: '"short"' },
        days("poly:10", 5, "2"),
        version("poly:1", "3"),
        version("kalshi:1", "4"),
        version("poly", "5"),
        days("poly:\u{1f600}", 5, "6"),
      ),
    );
    const subjects = (filter: { kind?: string; subject?: string; subjectPrefix?: string }) =>
      Array.from(store.facts(filter), ({ subject }) => subject);
    assert.deepEqual(subjects({ subjectPrefix: "poly:" }), [
      "poly:1",
      "poly:10",
      "poly:2",
      "poly:\u{1f600}",
    ]);
    assert.deepEqual(subjects({ subject: "poly:1" }), ["poly:1"]);
    assert.deepEqual(subjects({ subject: "poly:1", kind: "days" }), []);
    assert.deepEqual(subjects({ kind: "state" }), ["kalshi:1", "poly", "poly:1"]);
    assert.deepEqual(subjects({ kind: "days", subjectPrefix: "poly:1" }), ["poly:10"]);
    const row = { ...days("poly:2", 0, long), outline: '"short"', responseId: 1, knownAtMs: 1000 };
    assert.deepEqual([...store.facts({ subject: "poly:2" })], [row]);
    const { outline, ...rest } = row;
    assert.deepEqual([...store.outlines({ subject: "poly:2" })], [{ ...rest, content: outline }]);
    assert.deepEqual(
      [...store.outlines({ subject: "poly:10" })],
      [...store.facts({ subject: "poly:10" })],
    );
  }));

Deno.test("ResponseStore iterators give all rows over many pages, and answers may be added meanwhile", () =>
  inStore((store) => {
    const n = 4100;
    const names = Array.from({ length: n }, (_, k) => `s${String(k).padStart(5, "0")}`);
    store.add(answerTo("/1", "0"), {
      facts: names.map((name) => version(name, "1")),
      oddities: names.map((value, row) => ({ ...ODDITY, value, row })),
    });
    let k = 0;
    for (const { subject } of store.outlines({})) {
      assert.equal(subject, names[k]);
      // what is added behind the reader is not read, and disturbs nothing
      if (k % 500 === 0) {
        store.add(answerTo(`/more${k}`, "0"), only(version(`a${k}`, "1")));
      }
      ++k;
    }
    assert.equal(k, n);
    assert.deepEqual(Array.from(store.oddities(), ({ value }) => value), names);
    assert.equal([...store.facts({ subjectPrefix: "s" })].length, n);
    let nAnswers = 0;
    for (const { text } of store.answers()) {
      assert.equal(text, "0");
      store.add(answerTo(`/while reading ${++nAnswers}`, "0"), NOTHING);
    }
    assert.equal(nAnswers, 10);
  }));

Deno.test("ResponseStore.oddities() gives each once, as it was first known, its texts unchanged", () =>
  inStore((store) => {
    const at = (path: string, atMs: number, row: number) =>
      store.add(answerTo(path, "0", { atMs }), {
        facts: [],
        oddities: [{ ...ODDITY, row }, { ...ODDITY, row, reason: `of ${path}` }],
      });
    at("/1", 200, 1);
    at("/2", 100, 2);
    at("/3", 300, 3);
    assert.deepEqual([...store.oddities()], [
      { ...ODDITY, row: 2, responseId: 2, knownAtMs: 100 },
      { ...ODDITY, row: 2, reason: "of /2", responseId: 2, knownAtMs: 100 },
      { ...ODDITY, row: 1, reason: "of /1", responseId: 1, knownAtMs: 200 },
      { ...ODDITY, row: 3, reason: "of /3", responseId: 3, knownAtMs: 300 },
    ]);
  }));

Deno.test("ResponseStore.failures() are the latest of asks that have no answer, ordered by key", () =>
  inStore((store) => {
    const failure = (path: string, atMs: number, reason = "reset \0"): Failure => ({
      ask: { ...ASK, path },
      atMs,
      status: path === "/b" ? 503 : null,
      reason,
      isPassing: path === "/b",
    });
    store.addFailure(failure("/c", 1));
    store.addFailure(failure("/b", 3, "late"));
    store.addFailure(failure("/b", 2, "early"));
    store.addFailure(failure("/a", 1));
    store.clearFailure({ ...ASK, path: "/a" });
    store.clearFailure({ ...ASK, path: "/never" });
    assert.deepEqual(store.failures(), [failure("/b", 3, "late"), failure("/c", 1)]);
    store.add(answerTo("/b", "0"), NOTHING);
    store.addFailure(failure("/b", 9));
    assert.deepEqual(store.failures(), [failure("/c", 1)]);
  }));

Deno.test("ResponseStore.reread() puts what the reader says in the place of what was there", () =>
  inStore((store) => {
    const old = { facts: [version("old", "1"), days("old", 0, "1")], oddities: [ODDITY] };
    for (const k of [1, 2, 3]) store.add(answerTo(`/${k}`, String(k), { atMs: k }), old);
    store.setReader("one");
    const read = ({ value }: Answer) => ({
      facts: [version("new", String(Math.min(Number(value), 2)))],
      oddities: [{ ...ODDITY, value: "new" }],
    });
    store.reread(read);
    assert.deepEqual(contents(store), ["new state 1 1", "new state 2 2"]);
    assert.deepEqual(Array.from(store.oddities(), ({ value }) => value), ["new"]);
    assert.equal(store.seenAtMs("old"), undefined);
    assert.equal(store.seenAtMs("new"), 3);
    assert.deepEqual({ ...store.count(), storedBytes: 0 }, {
      answers: 3,
      bytes: 3,
      storedBytes: 0,
      facts: 2,
    });
    assert.equal(store.readerOf(), "one");
  }));

Deno.test("ResponseStore.reread() that is stopped by its reader leaves all as it was", () =>
  inStore((store) => {
    for (const k of [1, 2]) store.add(answerTo(`/${k}`, String(k)), only(days("s", k, "1")));
    const before = [...store.facts({})], count = store.count();
    const fault = new TypeError("Cannot read a page");
    assert.throws(() =>
      store.reread(({ text }) => {
        if (text === "2") throw fault;
        return NOTHING;
      }), (error) => error === fault);
    assert.deepEqual([...store.facts({})], before);
    assert.deepEqual(store.count(), count);
    assert.throws(() => store.reread(() => (store.setReader("x"), NOTHING)), {
      message: "Cannot store the reader as another change must have ended: got one under way",
    });
    assert.equal(store.readerOf(), "");
  }));

const SUBJECTS = ["s", "poly:1", "poly:2"];
const arbitraryFact = fc.record({
  kind: fc.constantFrom("state", "days"),
  subject: fc.constantFrom(...SUBJECTS),
  content: fc.constantFrom("1", "2", JSON.stringify("long ".repeat(1500))),
  fromMs: fc.option(fc.integer()),
}, { noNullPrototype: true }).map((row): FactRow => ({
  ...row,
  toMs: null,
  isVersion: row.kind === "state",
}));
const arbitraryReading = fc.record({
  facts: fc.array(arbitraryFact, { maxLength: 4 }),
  oddities: fc.array(
    fc.record({
      place: fc.constant("p"),
      row: fc.nat(9),
      column: fc.constantFrom("a", "b"),
      value: fc.string({ unit: "binary", maxLength: 2 }),
      reason: fc.constant("r"),
    }, { noNullPrototype: true }),
    { maxLength: 2 },
  ),
});
const arbitraryAsk = fc.record({
  host: fc.constantFrom("gamma", "kalshi"),
  path: fc.constantFrom("/a", "/b"),
  body: fc.constantFrom(null, "", "{}"),
  format: fc.constant("csv" as const),
  kind: fc.constant("k"),
  subject: fc.constant(""),
  edition: fc.constantFrom("", "2026-11-22"),
}, { noNullPrototype: true });
const arbitraryStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ step: fc.constant("add"), reading: arbitraryReading }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constantFrom("fail", "clear", "reopen") }) },
);

Deno.test("ResponseStore agrees with a Map under any sequence of changes, also read again", () => {
  const folder = Deno.makeTempDirSync();
  let nRuns = 0;
  const steps = fc.array(
    fc.tuple(arbitraryAsk, fc.nat(5), fc.string({ unit: "binary", maxLength: 9 }), arbitraryStep),
    { minLength: 1, maxLength: 25 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const path = `${folder}/${++nRuns}.sqlite`;
      const answers = new Map<string, Answer>(), failures = new Map<string, Failure>();
      const readings = new Map<string, StoredReading>();
      let store = openResponseStore(path);
      for (const [ask, atMs, text, change] of all) {
        const key = askKey(ask);
        assert.deepEqual(store.find(ask), answers.get(key));
        if ("reading" in change) {
          const answer = { ask, atMs, status: 200, text, value: undefined };
          assert.equal(store.add(answer, change.reading), !answers.has(key));
          if (answers.has(key)) continue;
          answers.set(key, answer);
          readings.set(key, change.reading);
          failures.delete(key);
        } else if (change.step === "fail") {
          const failure = { ask, atMs, status: null, reason: text, isPassing: true };
          store.addFailure(failure);
          const isLatest = (failures.get(key)?.atMs ?? 0) <= atMs;
          if (!answers.has(key) && isLatest) failures.set(key, failure);
        } else if (change.step === "clear") {
          store.clearFailure(ask);
          failures.delete(key);
        } else {
          store.close();
          store = openResponseStore(path);
        }
      }
      assert.deepEqual([...store.answers()], [...answers.values()]);
      const byKey = Array.from(failures).sort(([a], [b]) => a < b ? -1 : 1);
      assert.deepEqual(store.failures(), byKey.map(([, failure]) => failure));

      const facts = [...store.facts({})], oddities = [...store.oddities()], count = store.count();
      assert.deepEqual(facts, modelFacts([...answers], readings));
      assert.equal(count.facts, facts.length);
      const seen = SUBJECTS.map((subject) => store.seenAtMs(subject));
      store.reread(({ ask }) => readings.get(askKey(ask))!);
      assert.deepEqual([...store.facts({})], facts);
      assert.deepEqual([...store.oddities()], oddities);
      assert.deepEqual(SUBJECTS.map((subject) => store.seenAtMs(subject)), seen);
      assert.deepEqual(store.count(), count);
      store.close();
      Deno.removeSync(path);
    }),
    { seed: 8, numRuns: 100 },
  );
  Deno.removeSync(folder, { recursive: true });
});

/** The facts that should be there, by the words of the contract and a plain list. */
function modelFacts(
  answers: readonly (readonly [string, Answer])[],
  readings: ReadonlyMap<string, StoredReading>,
) {
  const stored: (FactRow & { responseId: number; knownAtMs: number; position: number })[] = [];
  const order = (a: typeof stored[number], b: typeof stored[number]) =>
    a.knownAtMs - b.knownAtMs || a.responseId - b.responseId || a.position - b.position;
  answers.forEach(([key, { atMs }], k) => {
    readings.get(key)!.facts.forEach((fact, position) => {
      const latest = stored.filter(({ kind, subject }) =>
        kind === fact.kind && subject === fact.subject
      ).sort(order).at(-1);
      if (fact.isVersion && latest?.content === fact.content) return;
      stored.push({ ...fact, responseId: k + 1, knownAtMs: atMs, position });
    });
  });
  const text = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return stored.sort((a, b) => text(a.subject, b.subject) || text(a.kind, b.kind) || order(a, b))
    .map(({ position: _, ...row }) => row);
}

Deno.test("ResponseStore.add() on a full disk leaves nothing of the answer, and the store goes on", () =>
  inStore((store, path) => {
    const noise = (k: number) =>
      JSON.stringify(Array.from({ length: 500 }, (_, i) => Math.sin(i + 500 * k)));
    const add = (k: number) => {
      const reading = { facts: [days("s", k, noise(k)), version("v", `${k}`)], oddities: [ODDITY] };
      return store.add(answerTo(`/${k}`, noise(k)), reading);
    };
    let k = 0;
    assert.throws(
      () => {
        while (add(k)) ++k;
      },
      {
        name: "Error",
        message:
          "Cannot store an answer as its folder must be writable and have space: got database or disk is full",
      },
    );
    assert.ok(k > 2, `${k} answers fitted`);
    assert.equal(store.find({ ...ASK, path: `/${k}` }), undefined);
    assert.equal(store.find({ ...ASK, path: `/${k - 1}` })?.text, noise(k - 1));
    assert.equal(store.count().answers, k);
    assert.equal([...store.facts({ subject: "s" })].length, k);
    assert.equal([...store.facts({ subject: "v" })].at(-1)?.content, `${k - 1}`);
    assert.throws(() => add(k), /must be writable and have space/);
    store.setReader("small changes still fit");
    store.close();
    const larger = openResponseStore(path, { maxPages: 400 });
    assert.equal(larger.add(answerTo(`/${k}`, noise(k)), NOTHING), true);
    larger.close();
    assert.throws(() => add(k + 1), {
      message: "Cannot store an answer as it must be open: got database is not open",
    });
  }, { maxPages: 80 }));

Deno.test("openResponseStore() refuses a file that another holds, is no store, or has another version", () => {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/responses.sqlite`;
  const refused = (file: string, rest: string) =>
    assert.throws(() => openResponseStore(file), {
      name: "Error",
      message: `Cannot open the store of responses "${file}" as ${rest}`,
    });
  const store = openResponseStore(path);
  refused(path, "no other process may write to it: got database is locked");
  store.add(answerTo("/1", "1"), NOTHING);
  store.close();

  Deno.writeTextFileSync(`${folder}/text`, "a text ".repeat(200));
  refused(`${folder}/text`, "its file must be a whole database: got file is not a database");
  const other = new DatabaseSync(`${folder}/other`);
  other.exec("create table t (a)");
  other.close();
  refused(`${folder}/other`, "its version must be 1: got 0");
  const newer = new DatabaseSync(path);
  newer.exec("pragma user_version = 2");
  newer.close();
  refused(path, "its version must be 1: got 2");
  assert.throws(
    () => openResponseStore(`${folder}/text/below/x.sqlite`),
    /^Error: Cannot open the store of responses ".*" as its folder must be writable and have space: got /,
  );
  assert.throws(
    () => openResponseStore(folder),
    /^Error: Cannot open the store of responses ".*" as its folder must be writable and have space: got unable to open database file/,
  );
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("ResponseStore says that its file is damaged", () => {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/responses.sqlite`;
  const store = openResponseStore(path);
  const facts = Array.from({ length: 3000 }, (_, k) => days(`s${k}`, k, `${k}`));
  store.add(answerTo("/1", "1"), only(...facts));
  store.add(answerTo("/2", '"whole"'), NOTHING);
  store.close();

  const raw = new DatabaseSync(path);
  raw.exec("update body set zstd = (select zstd from body where id = 1) where id = 2");
  raw.close();
  const swapped = openResponseStore(path);
  assert.throws(() => swapped.find({ ...ASK, path: "/2" }), {
    message:
      "Cannot read the stored answer of gamma /2 as its body must match its hash: got another body",
  });
  assert.equal(swapped.find({ ...ASK, path: "/1" })?.text, "1");
  swapped.close();

  const bytes = Deno.readFileSync(path);
  bytes.fill(0x5a, 4096 * 20, 4096 * 60);
  Deno.writeFileSync(path, bytes);
  const damaged = openResponseStore(path);
  assert.throws(() => [...damaged.facts({})], {
    name: "Error",
    message:
      "Cannot read the stored facts as its file must be a whole database: got database disk image is malformed",
  });
  damaged.close();
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("ResponseStore.add() refuses names that would not come back as they went in", () =>
  inStore((store) => {
    assert.throws(() => store.add(answerTo("/a\0", "0"), NOTHING), {
      name: "TypeError",
      message:
        'Cannot store path as it must be text of whole characters without NUL: got "/a\\u0000"',
    });
    assert.throws(() => store.add(answerTo("/a", "0"), only(version("\ud800", "1"))), {
      name: "TypeError",
      message:
        'Cannot store subject as it must be text of whole characters without NUL: got "\\ud800"',
    });
    assert.deepEqual(store.count(), { answers: 0, bytes: 0, storedBytes: 0, facts: 0 });
  }));

/** Two asks with the same key are the same ask. */
function askKey({ host, path, body, edition }: Ask): string {
  return [host, path, body ?? "", edition].join("\n");
}
