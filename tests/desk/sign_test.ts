import assert from "node:assert/strict";
import { join } from "node:path";
import { clusterKey } from "lib/cluster/cluster_key.ts";
import type { DeskState, SignAnswer, SignRequest } from "lib/desk/desk_api.ts";
import { type DeskReader, deskReader } from "lib/desk/desk_reader.ts";
import { deskState } from "lib/desk/desk_state.ts";
import { sign as signWith } from "lib/desk/sign.ts";
import { clusterSeen } from "lib/review/cluster_subjects.ts";
import type { Decision } from "lib/review/decision.ts";
import { type Subject, subjectTable } from "lib/review/subject.ts";
import { filesBelow } from "lib/store/hash.ts";
import {
  AS_OF,
  HOSTILE,
  inRun,
  LEAVES,
  LEFT,
  put,
  RIGHT,
  SEEN,
  SOURCE,
  subject,
  SUBJECTS,
} from "./desk_fixture.ts";

const AT = "2026-03-01T12:00:00.000Z";
const now = () => new Date(AT);
const readers = new Map<string, DeskReader>();

/** Signs as a desk does, which reads what did not change once. */
function sign(out: string, request: unknown) {
  const reader = readers.get(out) ?? deskReader(out);
  readers.set(out, reader);
  return signWith(out, request, { now, reader });
}
const [CUT, LEFT_CLUSTER] = SUBJECTS["03_review"] as [Subject, Subject];
const BASKET = SUBJECTS["05_review"][0]!;

/** A request about a question, as the page of the desk makes it. */
function about({ kind, id, seen }: Subject, more: Partial<SignRequest> = {}): SignRequest {
  return {
    ...{ kind, subject: id, verdict: "approve", value: {}, comment: "", by: "Ada", seen },
    ...{ after: 0, ...more },
  };
}

function storedOf(answer: SignAnswer): { stored: Decision; state: DeskState } {
  assert.ok("stored" in answer, JSON.stringify(answer).slice(0, 300));
  return answer;
}

function refusalOf(answer: SignAnswer) {
  assert.ok("refused" in answer);
  return answer;
}

function nFiles(out: string): Promise<number> {
  return filesBelow(join(out, "reviews")).then((files) => files.length, () => 0);
}

Deno.test("sign() stores a decision with the title, source and day of the data", () =>
  inRun(async (out) => {
    const audit = SUBJECTS["04_review"][0]!;
    const value = {
      ...{ marketId: "kalshi:a", sheet: "audit_50", theme: "crypto_digital" },
      ...{ classifier: "lexical 1", rightTheme: "climate_environment" },
    };
    const request = about(audit, { verdict: "relabel", value, comment: "rain" });
    const { status, answer } = await sign(out, request);
    const { stored, state } = storedOf(answer);
    assert.equal(status, 200);
    assert.deepEqual(stored, {
      ...{ kind: "audit", subject: audit.id, title: HOSTILE, verdict: "relabel", value },
      ...{ comment: "rain", by: "Ada", seen: audit.seen, source: SOURCE, asOf: AS_OF },
      ...{ at: AT, number: 1 },
    });
    const standing = state.subjects.find(({ id }) => id === audit.id)!;
    assert.equal(standing.standing, "signed");
    assert.equal(standing.nDecisions, 1);
    assert.deepEqual(state, await deskState(out));
  }));

Deno.test("sign() tells the second writer what is in force", () =>
  inRun(async (out) => {
    await sign(out, about(BASKET, { by: "Ada" }));
    const { status, answer } = await sign(out, about(BASKET, { by: "Ben", verdict: "flag" }));
    const { refused, decision, reason } = refusalOf(answer);
    assert.equal(status, 409);
    assert.equal(refused, "second");
    assert.equal(reason, "Somebody decided about this after you were shown it: look again.");
    assert.equal(decision?.by, "Ada");
    assert.equal(await nFiles(out), 1);
    // who looked again may decide
    const later = await sign(out, about(BASKET, { by: "Ben", verdict: "flag", after: 1 }));
    assert.equal(storedOf(later.answer).stored.number, 2);
  }));

Deno.test("sign() stores nothing about data that were not seen", () =>
  inRun(async (out) => {
    const request = about(BASKET);
    await put(
      out,
      "05_review",
      subjectTable([{ ...BASKET, seen: "f".repeat(64) }, ...SUBJECTS["05_review"].slice(1)]),
    );
    const { status, answer } = await sign(out, request);
    assert.equal(status, 409);
    assert.deepEqual(refusalOf(answer), {
      refused: "changed",
      reason: "What this is about has changed since you saw it: look again.",
    });
    assert.equal(await nFiles(out), 0);
  }));

Deno.test("sign() takes a decision back, and the one before it is in force again", () =>
  inRun(async (out) => {
    await sign(out, about(BASKET));
    await sign(out, about(BASKET, { verdict: "flag", after: 1 }));
    const withdrawal = about(BASKET, { verdict: "withdraw", after: 2 });
    const { state, stored } = storedOf((await sign(out, withdrawal)).answer);
    assert.equal(stored.number, 3);
    const standing = state.subjects.find(({ id }) => id === BASKET.id)!;
    assert.equal(standing.decision?.number, 1);
    assert.equal(standing.nDecisions, 3);
    const second = await sign(out, withdrawal);
    assert.equal(refusalOf(second.answer).refused, "second");
  }));

Deno.test("sign() takes a decision back whose question is gone, or was changed", () =>
  inRun(async (out) => {
    await sign(out, about(BASKET, { comment: "first" }));
    await put(out, "05_review", subjectTable(SUBJECTS["05_review"].slice(1)));
    const state = await deskState(out);
    assert.equal(state.orphans.length, 1);
    const gone = about(BASKET, { verdict: "withdraw", after: 1 });
    const { stored, state: then } = storedOf((await sign(out, gone)).answer);
    assert.equal(stored.title, BASKET.title);
    assert.deepEqual(then.orphans, []);
    const again = await sign(out, { ...gone, after: 2 });
    assert.deepEqual(refusalOf(again.answer), {
      refused: "malformed",
      reason: "There is no decision to take back.",
    });
  }));

Deno.test("sign() takes a cluster of another cut by its members", () =>
  inRun(async (out) => {
    const value = { members: LEAVES, name: "All of it" };
    const request = about(subject("cluster", clusterKey(LEAVES), { seen: CUT.seen }), {
      ...{ verdict: "rename", value },
    });
    const { stored, state } = storedOf((await sign(out, request)).answer);
    assert.equal(stored.seen, clusterSeen(LEAVES, SEEN));
    assert.equal(stored.title, "A cluster of 4 markets that is not in today's cut");
    assert.deepEqual(state.orphans, [stored]);
    // taken back, it stands as if nobody had said anything, and may be named again
    await sign(out, { ...request, verdict: "withdraw", value: {}, after: 1 });
    assert.equal(storedOf((await sign(out, request)).answer).stored.number, 3);
    const other = { ...request, seen: "e".repeat(64), after: 3 };
    assert.equal(refusalOf((await sign(out, other)).answer).refused, "changed");
  }));

Deno.test("sign() stores a merge with what is seen of all that it joins", () =>
  inRun(async (out) => {
    const value = { members: LEFT, with: [RIGHT] };
    const request = about({ ...LEFT_CLUSTER, seen: CUT.seen }, { verdict: "merge", value });
    // what is seen of its own cluster says nothing of the others
    const own = await sign(out, { ...request, seen: LEFT_CLUSTER.seen });
    assert.equal(refusalOf(own.answer).refused, "changed");
    const { stored, state } = storedOf((await sign(out, request)).answer);
    assert.equal(stored.title, LEFT_CLUSTER.title);
    assert.equal(stored.seen, clusterSeen(LEAVES, SEEN));
    const standing = state.subjects.find(({ id }) => id === LEFT_CLUSTER.id)!;
    assert.deepEqual([standing.standing, standing.seen], ["signed", LEFT_CLUSTER.seen]);
    // once it is taken back the cluster may be approved for itself
    const back = { ...request, verdict: "withdraw", value: {}, after: 1 };
    assert.equal(storedOf((await sign(out, back)).answer).stored.seen, stored.seen);
    const approval = about(LEFT_CLUSTER, { value: { members: LEFT }, after: 2 });
    const then = storedOf((await sign(out, approval)).answer);
    assert.equal(then.stored.seen, LEFT_CLUSTER.seen);
  }));

Deno.test("sign() takes decisions about quiet subjects, with the title of the data", () =>
  inRun(async (out) => {
    const theme = SUBJECTS["04_review"][3]!;
    const request = about({ ...theme, title: "" }, {
      ...{ verdict: "relabel", value: { theme: "climate_environment" } },
    });
    const { stored, state } = storedOf((await sign(out, request)).answer);
    assert.equal(stored.title, theme.title);
    assert.equal(state.subjects.find(({ kind }) => kind === "theme")!.nDecisions, 1);
  }));

Deno.test("sign() refuses what does not fit the tree", () =>
  inRun(async (out) => {
    const on = (
      verdict: SignRequest["verdict"],
      value: Record<string, unknown>,
      of = LEFT_CLUSTER,
    ) => sign(out, about(of, { verdict, value }));
    const unlisted = subject("cluster", "0123456789abcdef", { seen: CUT.seen });
    const seenOnTree = { ...LEFT_CLUSTER, seen: CUT.seen };
    const cases: [Promise<{ answer: SignAnswer }>, string][] = [
      [
        on("approve", { members: ["kalshi:a", "kalshi:z"] }),
        "A member of the cluster is no leaf of the tree.",
      ],
      [on("approve", { members: RIGHT }), "The members are those of another cluster."],
      [
        on("approve", { members: ["kalshi:a", "kalshi:a", "kalshi:b"] }),
        "A cluster has a member twice.",
      ],
      [
        on("merge", { members: LEFT, with: [["poly:z"]] }, seenOnTree),
        "A member of the cluster is no leaf of the tree.",
      ],
      [
        on("merge", { members: LEFT, with: [RIGHT, RIGHT] }, seenOnTree),
        "A cluster has a member twice.",
      ],
      [
        on("split", { members: LEFT, parts: [["kalshi:a"], ["kalshi:a"]] }),
        "The parts of a cluster must have each of its members once.",
      ],
      [
        on("split", { members: LEFT, parts: [["kalshi:a"], ["kalshi:c"]] }),
        "The parts of a cluster must have each of its members once.",
      ],
      [on("approve", { members: LEFT }, unlisted), "The members are those of another cluster."],
      [
        on("approve", { clusters: 5 }, CUT),
        "The tree has 4 leaves and cannot be cut into more clusters.",
      ],
    ];
    for (const [signing, reason] of cases) {
      assert.deepEqual(refusalOf((await signing).answer), { refused: "malformed", reason });
    }
    assert.equal(await nFiles(out), 0);
    assert.ok("stored" in (await on("approve", { clusters: 4 }, CUT)).answer);
  }));

Deno.test("sign() refuses malformed requests with a reason and status 400", () =>
  inRun(async (out) => {
    const good = about(BASKET);
    const audit = SUBJECTS["04_review"][1]!;
    const judged = { sheet: "audit_50", theme: "crypto_digital", classifier: "lexical 1" };
    const cases: [unknown, RegExp][] = [
      [null, /must be well formed/],
      [[], /must be well formed/],
      [{}, /"seen" must be well formed/],
      [{ ...good, kind: "nothing" }, /"kind" must be well formed/],
      [{ ...good, verdict: "rename" }, /a basket takes approve, flag, withdraw: got "rename"/],
      [{ ...good, by: "  " }, /"by" must be well formed/],
      [{ ...good, comment: "x".repeat(5000) }, /"comment" must be well formed/],
      [{ ...good, seen: "short" }, /"seen" must be well formed/],
      [{ ...good, after: -1 }, /"after" must be well formed/],
      [{ ...good, after: 0.5 }, /"after" must be well formed/],
      [{ ...good, value: { more: 1 } }, /"value" must be well formed/],
      [{ ...good, number: 7 }, /must be well formed: got unrecognized key: "number"/],
      [{ ...good, title: "mine" }, /its title is not the page's to say/],
      [{ ...good, source: "mine" }, /its source is not the page's to say/],
      [{ ...good, asOf: "2020-01-01" }, /its asOf is not the page's to say/],
      [{ ...good, subject: "hybrid_risk | nothing | 2026-02-02" }, /There is no such question/],
      [{ ...good, verdict: "withdraw" }, /There is no decision to take back/],
      [
        about(audit, { value: { ...judged, marketId: "kalshi:z" } }),
        /The verdict names another contract than its question/,
      ],
      [
        about(audit, { value: { ...judged, marketId: "kalshi:b", theme: "nothing" } }),
        /its theme must be one of the taxonomy: got "nothing"/,
      ],
    ];
    for (const [request, expected] of cases) {
      const { status, answer } = await sign(out, request);
      const { refused, reason } = refusalOf(answer);
      assert.equal(status, 400);
      assert.equal(refused, "malformed");
      assert.match(reason, expected);
    }
    const ahead = await sign(out, { ...good, after: 3 });
    assert.deepEqual([ahead.status, refusalOf(ahead.answer).refused], [409, "changed"]);
    assert.equal(await nFiles(out), 0);
  }));

Deno.test("sign() shortens a title of any length to what a decision takes", () =>
  inRun(async (out) => {
    const long = { ...BASKET, title: `${"x".repeat(1999)}😀 and more` };
    await put(out, "05_review", subjectTable([long]));
    const { stored } = storedOf((await sign(out, about(long))).answer);
    assert.equal(stored.title, "x".repeat(1999));
  }));
