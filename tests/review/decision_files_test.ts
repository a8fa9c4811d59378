import assert from "node:assert/strict";
import { type Decision, SUBJECT_KINDS } from "lib/review/decision.ts";
import { decisionPath, readDecisions, storeDecision } from "lib/review/decision_files.ts";
import { TEMPORARY_SUFFIX } from "lib/store/atomic.ts";
import { canonicalJson } from "lib/store/canonical_json.ts";
import { filesBelow } from "lib/store/hash.ts";
import { decisionOf, draftOf, OTHER_SEEN } from "./decision_fixture.ts";

const AT = "2026-05-03T10:00:00.000Z", LATER = "2026-05-04T10:00:00.000Z";

async function inTempDir(run: (out: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir();
  try {
    await run(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** Puts a text where a decision would be; by default its own. */
async function put(out: string, decision: Decision, text = canonicalJson(decision)) {
  const path = decisionPath(decision);
  await Deno.mkdir(`${out}/reviews/decisions/${decision.kind}`, { recursive: true });
  await Deno.writeTextFile(`${out}/reviews/${path}`, text);
  return path;
}

Deno.test("decisionPath() is golden: a sha256 of source, kind and subject, and four digits", () => {
  // printf '["simulated universe, seed 7","theme","fed-rates"]' | sha256sum | cut -c1-32
  const golden = "1ca7aa63fe12e79ac610b689c88a9fe3";
  assert.equal(decisionPath(decisionOf({ number: 7 })), `decisions/theme/${golden}-0007.json`);
  assert.equal(
    decisionPath(decisionOf({ number: 12345 })),
    `decisions/theme/${golden}-12345.json`,
  );
});

Deno.test("decisionPath() makes no path of what anybody wrote, and tells all subjects apart", () => {
  const texts = ["../../x", "a/b", "", "\0", "a", "A", "א", "\u202e", "x".repeat(700), "a | b"];
  const paths = SUBJECT_KINDS.flatMap((kind) =>
    texts.flatMap((subject) =>
      texts.map((source) => decisionPath({ source, kind, subject, number: 1 }))
    )
  );
  assert.equal(new Set(paths).size, SUBJECT_KINDS.length * texts.length ** 2);
  for (const path of paths) assert.match(path, /^decisions\/[a-z_]+\/[0-9a-f]{32}-0001\.json$/);
});

Deno.test("storeDecision() writes one readable file a decision and overwrites none", () =>
  inTempDir(async (out) => {
    const first = await storeDecision(out, draftOf(), { after: 0, at: AT });
    const one = decisionOf({ at: AT });
    assert.deepEqual(first, { stored: one });
    const flag = draftOf({ verdict: "flag", comment: "Why?" });
    const two = { ...decisionOf({ ...flag, at: LATER }), number: 2 };
    assert.deepEqual(await storeDecision(out, flag, { after: 1, at: LATER }), { stored: two });
    assert.deepEqual(await filesBelow(`${out}/reviews`), [decisionPath(one), decisionPath(two)]);
    for (const decision of [one, two]) {
      const text = await Deno.readTextFile(`${out}/reviews/${decisionPath(decision)}`);
      assert.equal(text, canonicalJson(decision));
    }
    assert.deepEqual((await readDecisions(out)).decisions, [one, two]);
  }));

Deno.test("storeDecision() tells the second writer what is in force", () =>
  inTempDir(async (out) => {
    const by = (name: string) => draftOf({ by: name });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => storeDecision(out, by(`P${i}`), { after: 0, at: AT })),
    );
    const stored = answers.flatMap((answer) => "stored" in answer ? [answer.stored] : []);
    assert.equal(stored.length, 1);
    for (const answer of answers) {
      if ("second" in answer) assert.deepEqual(answer.second, stored[0]);
    }
    const taken = draftOf({ verdict: "withdraw" });
    const relabel = draftOf({ verdict: "relabel", value: { theme: "fed" } });
    await storeDecision(out, relabel, { after: 1, at: AT });
    await storeDecision(out, taken, { after: 2, at: AT });
    assert.deepEqual(await storeDecision(out, by("Ben"), { after: 1, at: AT }), {
      second: stored[0],
    });
    const last = await storeDecision(out, taken, { after: 3, at: AT });
    assert.deepEqual(await storeDecision(out, by("Ben"), { after: 0, at: AT }), {
      second: "stored" in last && last.stored,
    });
    assert.equal((await filesBelow(`${out}/reviews`)).length, 4);
  }));

Deno.test("storeDecision() puts nothing between two decisions where somebody took one away", () =>
  inTempDir(async (out) => {
    const [one, three] = [1, 3].map((number) => decisionOf({ number })) as [Decision, Decision];
    for (const decision of [one, three]) await put(out, decision);
    assert.deepEqual(await storeDecision(out, draftOf(), { after: 1, at: AT }), { second: three });
    const next = await storeDecision(out, draftOf(), { after: 3, at: AT });
    assert.equal("stored" in next && next.stored.number, 4);
  }));

Deno.test("storeDecision() refuses a gap, a malformed decision and one that is too large", () =>
  inTempDir(async (out) => {
    const at = AT;
    await assert.rejects(() => storeDecision(out, draftOf(), { after: 1, at }), {
      name: "RangeError",
      message: "Cannot store decision 2 about a theme as the one before it must be there: got none",
    });
    await storeDecision(out, draftOf(), { after: 0, at });
    await assert.rejects(() => storeDecision(out, draftOf(), { after: 4, at }), {
      name: "RangeError",
      message:
        "Cannot store decision 5 about a theme as the one before it must be there: got 1 as the last",
    });
    await assert.rejects(
      () => storeDecision(out, draftOf({ by: "" }), { after: 1, at }),
      RangeError,
    );
    await assert.rejects(() => storeDecision(out, draftOf(), { after: -1, at }), RangeError);
    await assert.rejects(() => storeDecision(out, draftOf(), { after: 1, at: "now" }), RangeError);
    const members = Array.from({ length: 3600 }, (_, i) => `${i}`.padStart(300, "x"));
    const large = draftOf({ kind: "cluster", value: { members } });
    await assert.rejects(() => storeDecision(out, large, { after: 0, at }), {
      name: "RangeError",
      message: /^Cannot store a decision as it must have at most 1048576 bytes: got 1\d{6}$/,
    });
    assert.equal((await filesBelow(`${out}/reviews`)).length, 1);
  }));

Deno.test("storeDecision() fails with the folder's name where it cannot write, and leaves nothing", () =>
  inTempDir(async (out) => {
    await Deno.mkdir(`${out}/reviews/decisions`, { recursive: true });
    await Deno.writeTextFile(`${out}/reviews/decisions/theme`, "in the way");
    const store = () => storeDecision(out, draftOf(), { after: 0, at: AT });
    await assert.rejects(store, {
      name: "Error",
      message: /^Cannot read decisions as ".*\/decisions\/theme" must be a readable folder: got /,
    });
    assert.deepEqual(await filesBelow(out), ["reviews/decisions/theme"]);
    await Deno.remove(`${out}/reviews/decisions/theme`);
    // a link to nowhere takes the name, but nothing can be made behind it
    await Deno.remove(`${out}/reviews/decisions`);
    await Deno.symlink(`${out}/nowhere/deep`, `${out}/reviews/decisions`);
    await assert.rejects(store, {
      name: "Error",
      message:
        /^Cannot store "[0-9a-f]{32}-0001.json" as ".*\/decisions\/theme" must be writable, have space and take hard links: got /,
    });
    await Deno.remove(`${out}/reviews/decisions`);
    await Deno.mkdir(`${out}/elsewhere`);
    await Deno.mkdir(`${out}/reviews/decisions`);
    await Deno.symlink(`${out}/elsewhere`, `${out}/reviews/decisions/theme`);
    await assert.rejects(store, {
      name: "Error",
      message: /^Cannot store a decision as ".*\/theme" must be a folder of its own: got a link$/,
    });
    assert.deepEqual(await filesBelow(`${out}/elsewhere`), []);
  }));

Deno.test("storeDecision() says it where the disk is full, and leaves nothing", () =>
  inTempDir(async (out) => {
    await Deno.mkdir(`${out}/reviews/decisions/theme`, { recursive: true });
    const write = Deno.FsFile.prototype.write;
    Deno.FsFile.prototype.write = () => Promise.reject(new Error("No space left on device"));
    try {
      await assert.rejects(() => storeDecision(out, draftOf(), { after: 0, at: AT }), {
        name: "Error",
        message: /must be writable, have space and take hard links: got No space left on device$/,
      });
    } finally {
      Deno.FsFile.prototype.write = write;
    }
    assert.deepEqual(await filesBelow(out), []);
  }));

Deno.test("storeDecision() removes what killed writers left an hour ago, and nothing younger", () =>
  inTempDir(async (out) => {
    const folder = `${out}/reviews/decisions/theme`;
    await Deno.mkdir(folder, { recursive: true });
    const old = `${folder}/old${TEMPORARY_SUFFIX}`, young = `${folder}/young${TEMPORARY_SUFFIX}`;
    for (const path of [old, young]) await Deno.writeTextFile(path, "half");
    const now = (await Deno.stat(young)).mtime!.getTime();
    await Deno.utime(old, new Date(now - 3_700_000), new Date(now - 3_700_000));
    await storeDecision(out, draftOf(), { after: 0, at: AT });
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assert.deepEqual(
      names,
      [decisionPath(decisionOf()).split("/")[2], "young.basketry-tmp"].sort(),
    );
  }));

Deno.test("readDecisions() gives none without a folder, and one hash for that", () =>
  inTempDir(async (out) => {
    // sha256sum /dev/null
    const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const none = { decisions: [], rejected: [], sha256 };
    assert.deepEqual(await readDecisions(out), none);
    await Deno.mkdir(`${out}/reviews/decisions/theme`, { recursive: true });
    assert.deepEqual(await readDecisions(out), none);
    for (const name of ["README.md", ".gitkeep", `theme/a${TEMPORARY_SUFFIX}`]) {
      await Deno.writeTextFile(`${out}/reviews/decisions/${name}`, "words");
    }
    assert.deepEqual(await readDecisions(out), none);
  }));

Deno.test("readDecisions() sorts by time, then by file, and hashes names and bytes of the kinds asked for", () =>
  inTempDir(async (out) => {
    const late = decisionOf({ subject: "a", at: LATER });
    const twins = ["b", "c"].map((subject) => decisionOf({ subject, at: AT }));
    const side = decisionOf({ kind: "side", subject: "d", at: AT });
    for (const decision of [late, ...twins, side]) await put(out, decision);
    const sorted = [...twins, side].sort((a, b) => decisionPath(a) < decisionPath(b) ? -1 : 1);
    const all = await readDecisions(out);
    assert.deepEqual(all, { decisions: [...sorted, late], rejected: [], sha256: all.sha256 });
    const themes = await readDecisions(out, { kinds: ["theme"] });
    assert.equal(themes.decisions.length, 3);
    await put(out, side, `${canonicalJson(side)} `);
    assert.equal((await readDecisions(out, { kinds: ["theme"] })).sha256, themes.sha256);
    assert.notEqual((await readDecisions(out)).sha256, all.sha256);
    await put(out, side);
    assert.equal((await readDecisions(out)).sha256, all.sha256);
    await put(out, late, "{");
    assert.notEqual((await readDecisions(out, { kinds: ["theme"] })).sha256, themes.sha256);
  }));

Deno.test("readDecisions() tells what is no decision, and never fails", () =>
  inTempDir(async (out) => {
    const good = decisionOf({ subject: "good" });
    await put(out, good);
    const about = (subject: string) => decisionOf({ subject });
    const relabel = decisionOf({ subject: "g", verdict: "relabel", value: { theme: "gone" } });
    const cases: [string, RegExp][] = [
      [await put(out, about("a"), "{"), /JSON/],
      [await put(out, about("b"), "<<<<<<< ours\n{}\n"), /JSON/],
      [await put(out, about("c"), "[".repeat(200_000)), /./],
      [
        await put(out, about("d"), `"${"x".repeat(1_048_575)}"`),
        /^it must have at most 1048576 bytes: got 1048577$/,
      ],
      [await put(out, about("e"), canonicalJson(good)), /^its name must be that of its decision/],
      [await put(out, about("f"), "null"), /^Cannot take a decision as it must be well formed/],
      [await put(out, relabel), /must be one of the taxonomy: got "gone"$/],
      [await put(out, about("h"), "\u001b[2J\n"), /^[\x20-\uffff]+$/],
    ];
    const theme = `${out}/reviews/decisions/theme`;
    await Deno.writeFile(`${theme}/latin.json`, new Uint8Array([0x22, 0xe9, 0x22]));
    await Deno.symlink("/etc/hostname", `${theme}/link.json`);
    await Deno.symlink(`${out}/reviews/${decisionPath(good)}`, `${theme}/inside.json`);
    await Deno.mkdir(`${theme}/folder.json`);
    await Deno.writeTextFile(`${theme}/notes.txt`, "words");
    await Deno.symlink("/etc", `${out}/reviews/decisions/side`);
    await Deno.mkdir(`${out}/reviews/decisions/chart`);
    await Deno.writeTextFile(`${out}/reviews/decisions/loose.json`, canonicalJson(good));
    cases.push(
      ["decisions/theme/latin.json", /^it must be JSON in UTF-8: got .*encoded data/],
      ["decisions/theme/link.json", /^it must be a file of its own: got a link$/],
      ["decisions/theme/inside.json", /^it must be a file of its own: got a link$/],
      ["decisions/theme/folder.json", /^it must be a file of its own: got something else$/],
      ["decisions/theme/notes.txt", /JSON/],
      ["decisions/side", /^it must be a folder of its own: got a link$/],
      ["decisions/chart", /^it must be a folder named for a kind of subject$/],
      ["decisions/loose.json", /^it must be a folder named for a kind of subject$/],
    );
    const { decisions, rejected } = await readDecisions(out, { themes: ["fed"] });
    assert.deepEqual(decisions, [good]);
    assert.deepEqual(rejected.map(({ file }) => file), cases.map(([file]) => file).sort());
    for (const [file, reason] of cases) {
      const got = rejected.find((row) => row.file === file)!.reason;
      assert.match(got, reason, file);
      assert.ok(got.length <= 300);
    }
  }));

Deno.test("readDecisions() does not let an earlier decision speak where a later one cannot be read", () =>
  inTempDir(async (out) => {
    const history = [1, 2, 3].map((number) => decisionOf({ number, seen: OTHER_SEEN }));
    for (const decision of history) await put(out, decision);
    const other = decisionOf({ subject: "other" });
    await put(out, other);
    const conflict = await put(out, history[1]!, "<<<<<<< ours\n");
    const { decisions, rejected } = await readDecisions(out);
    const names = (of: readonly Decision[]) => of.map(decisionPath).sort();
    assert.deepEqual(names(decisions), names([history[2]!, other]));
    assert.deepEqual(rejected.map(({ file }) => file), [decisionPath(history[0]!), conflict]);
    assert.equal(
      rejected[0]!.reason,
      `no later one may be unreadable: got ${conflict.split("/")[2]}`,
    );
    const next = await storeDecision(out, draftOf(), { after: 3, at: AT });
    assert.equal("stored" in next && next.stored.number, 4);
    await put(out, decisionOf({ number: 5 }), "{");
    await assert.rejects(() => storeDecision(out, draftOf(), { after: 4, at: AT }), {
      name: "Error",
      message:
        /^Cannot store a decision as the last about its subject must be readable: got "decisions\/theme\/[0-9a-f]{32}-0005.json", .*JSON.*\n {2}What to do: mend the file, or take it away$/,
    });
  }));

Deno.test("readDecisions() names the folder that is none", () =>
  inTempDir(async (out) => {
    await Deno.mkdir(`${out}/reviews`);
    await Deno.writeTextFile(`${out}/reviews/decisions`, "words");
    await assert.rejects(() => readDecisions(out), {
      name: "Error",
      message: /^Cannot read decisions as ".*\/reviews\/decisions" must be a readable folder: got /,
    });
  }));
