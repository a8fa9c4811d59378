import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { clusterKey } from "lib/cluster/cluster_key.ts";
import { cutByCount } from "lib/cluster/cut.ts";
import { members, type Partition } from "lib/cluster/partition.ts";
import { windowDays, windowPrices } from "lib/cluster/study_windows.ts";
import { WORKING_REPRESENTATION } from "lib/cluster/window_moves.ts";
import { windowTree } from "lib/cluster/window_tree.ts";
import { type DataSet, rowsOf } from "lib/core/data_set.ts";
import { dayOf, formatDay } from "lib/core/day.ts";
import {
  attributionTable,
  heldTable,
  navTable,
  rebalanceTable,
} from "lib/backtest/replay_tables.ts";
import { groupTable } from "lib/decide/group_table.ts";
import { basketReviewSubjects } from "lib/review/basket_subjects.ts";
import { signedClusters, signedCount } from "lib/review/cluster_effects.ts";
import {
  clusteringSubjects,
  cutSubject,
  leafSeen,
  seenByLeaf,
} from "lib/review/cluster_subjects.ts";
import type { DecisionDraft } from "lib/review/decision.ts";
import { readDecisions, storeDecision } from "lib/review/decision_files.ts";
import { inForce } from "lib/review/decisions_in_force.ts";
import { type Review, reviewOf } from "lib/review/read_review.ts";
import { reviewLine } from "lib/review/review_lines.ts";
import { isReviewed } from "lib/review/standings.ts";
import type { Subject } from "lib/review/subject.ts";
import { movesOf } from "lib/stats/representation.ts";
import { FEW } from "../decide/analysed.ts";
import { SETTINGS } from "../decide/made_decision.ts";
import { configWith, decisionDays, replayed, simulated } from "../decide/replayed.ts";

const { data: DATA } = simulated("default", "full", 7);
const SOURCE = DATA.origin.label;
const { clustering: SET, returns: { tick: { value: TICK } } } = SETTINGS;
/** Clusters that the rule takes, and that a person takes. */
const BY_RULE = 6, SIGNED = 9;

/** The clusters of the last window and what people are asked about them, as notebook 03 makes both. */
function clustered(data: DataSet, signatures: Awaited<ReturnType<typeof readDecisions>>) {
  const until = dayOf(data.asOfMs - 1) + 1;
  const window = windowPrices(
    data,
    { fromDay: until - windowDays(SET), boundaryDay: until, toDay: until },
    SET,
    { tick: TICK },
  );
  const moves = movesOf(window.now, WORKING_REPRESENTATION, { tick: TICK });
  const { tree, correlation } = windowTree(moves, {
    minOverlap: SET.min_window_overlap_days.value,
  });
  const seen = leafSeen(moves, correlation),
    decisions = inForce(signatures.decisions, { source: SOURCE });
  const cut = signedCount(decisions, cutSubject(tree, { seen, title: "" }), { tree });
  const found = cutByCount(tree, cut.nClusters ?? BY_RULE);
  const signed = signedClusters(found, { seenOf: seenByLeaf(tree, seen), decisions });
  const { partition, applied } = signed;
  const labels = members(partition).map((_, c) => `Cluster ${c}`);
  const subjects = clusteringSubjects(tree, { seen, partition, labels, applied });
  const review = reviewOf(subjects, signatures, { source: SOURCE });
  return { cut, partition, subjects, review, days: window.now.days };
}

/** What people are asked about the baskets of the last three trade dates, as notebook 05 asks. */
function baskets(data: DataSet) {
  const config = configWith(FEW), days = decisionDays(data, 1).slice(-3);
  const { decisions, replays } = replayed(data, { config, days, methods: ["hybrid_risk"] });
  const held = replays.flatMap(({ policy, basket, ledger }) =>
    policy === "cash" ? ledger.held.map((row) => ({ ...row, basket })) : []
  );
  const subjects = basketReviewSubjects({
    ...{ baskets: heldTable(replays), rebalances: rebalanceTable(replays) },
    ...{ nav: navTable(replays), attribution: attributionTable(replays) },
    groups: groupTable(decisions.flatMap(({ groups }) => groups)),
    ...{ main: "hybrid_risk", titles: (id) => `Title of ${id}` },
  });
  return { held, subjects };
}

/** Signs subjects as they are: clusters with their members, the cut with a number. */
async function signAll(
  out: string,
  subjects: readonly Subject[],
  { partition, nClusters = BY_RULE }: {
    readonly partition?: Partition;
    readonly nClusters?: number;
  } = {},
): Promise<void> {
  const at = "2026-03-01T10:00:00.000Z";
  const clusters = new Map(
    partition === undefined ? [] : members(partition).map((items) => {
      const ids = items.map((item) => partition.ids[item]!);
      return [clusterKey(ids), ids];
    }),
  );
  for (const { kind, id, seen, title } of subjects) {
    const value = kind === "cut"
      ? { clusters: nClusters }
      : kind === "cluster"
      ? { members: clusters.get(id)! }
      : {};
    const draft: DecisionDraft = {
      ...{ kind, subject: id, title, seen, verdict: "approve", value, comment: "", by: "Anna" },
      ...{ source: SOURCE, asOf: "2026-02-28" },
    };
    const answer = await storeDecision(out, draft, { after: 0, at });
    assert.ok("stored" in answer, `${kind} ${id}`);
  }
}

/** The universe with one close a tick higher. */
function withOneTick(data: DataSet, marketId: string, day: number): DataSet {
  const prices = { ...data.prices, close: data.prices.close.slice() };
  const { from, to } = rowsOf(prices, data.markets.findIndex((one) => one.marketId === marketId));
  const row = prices.day.subarray(from, to).indexOf(day) + from;
  assert.ok(row >= from, `a price of ${marketId} on day ${day}`);
  prices.close[row] = prices.close[row]! + TICK;
  return { ...data, prices };
}

/** What is not signed: kind, id and standing. */
function unsigned({ subjects }: Pick<Review, "subjects">): string[] {
  return subjects.filter(({ standing }) => standing !== "signed")
    .map(({ kind, id, standing }) => `${kind} ${id} ${standing}`);
}

async function inFolder(work: (out: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir({ prefix: "basketry-one-price-" });
  try {
    await work(out);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

Deno.test("one price makes the cut and its contract's cluster stale, and no other; put back, all is signed", async () => {
  await inFolder(async (out) => {
    const { partition, subjects, days } = clustered(DATA, await readDecisions(out));
    const leaf = 3, { ids, cluster: numbers } = partition;
    await signAll(out, subjects, { partition });
    const signatures = await readDecisions(out);
    const signed = clustered(DATA, signatures);
    assert.deepEqual([unsigned(signed.review), signed.review.orphans], [[], []]);
    assert.equal(isReviewed(signed.review.subjects), true);

    const changed = withOneTick(DATA, ids[leaf]!, days[60]!);
    const stale = clustered(changed, signatures);
    assert.equal(stale.cut.nClusters, null);
    assert.deepEqual(
      stale.cut.ignored.map(({ reason }) => reason),
      ["the data that it was decided on have changed"],
    );
    const own = clusterKey(ids.filter((_, k) => numbers[k] === numbers[leaf]));
    assert.deepEqual(unsigned(stale.review), ["cut ward stale", `cluster ${own} stale`]);
    const line = reviewLine(stale.review, { notebook: "03" });
    assert.match(line, /^\*\*Unreviewed\.\*\*/);
    assert.match(
      line,
      /Stale, as what was seen has changed since: “Where Ward's tree of .*” and “Cluster/,
    );

    assert.deepEqual(clustered(DATA, signatures), signed);
  });
});

Deno.test("one price sets a moved cut back to the rule's number, and no signed cluster counts by its number", async () => {
  await inFolder(async (out) => {
    const asFound = clustered(DATA, await readDecisions(out));
    await signAll(out, [asFound.subjects[0]!], { nClusters: SIGNED });
    const moved = clustered(DATA, await readDecisions(out));
    assert.equal(moved.partition.nClusters, SIGNED);
    await signAll(out, moved.subjects.slice(1), { partition: moved.partition });
    const signatures = await readDecisions(out);
    assert.deepEqual(unsigned(clustered(DATA, signatures).review), []);

    const changed = withOneTick(DATA, moved.partition.ids[3]!, moved.days[60]!);
    const { partition, review } = clustered(changed, signatures);
    assert.deepEqual(partition, asFound.partition);
    const keys = new Set(review.subjects.map(({ id }) => id));
    const gone = moved.subjects.map(({ id }) => id).filter((id) => !keys.has(id)).sort();
    assert.ok(gone.length > 1);
    assert.deepEqual(review.orphans.map(({ subject }) => subject), gone);
    assert.match(
      reviewLine(review, { notebook: "03" }),
      new RegExp(
        `${gone.length} decisions are about what is not there any more, and change nothing`,
      ),
    );
  });
});

Deno.test("one price makes stale the baskets that hold something else for it, and no other; put back, all is signed", async () => {
  await inFolder(async (out) => {
    const before = baskets(DATA);
    await signAll(out, before.subjects);
    const signatures = await readDecisions(out);
    const reviewed = (subjects: readonly Subject[]) =>
      reviewOf(subjects, signatures, { source: SOURCE });
    assert.deepEqual(unsigned(reviewed(before.subjects)), []);

    const last = before.held.findLast(({ basket, weight }) => basket !== "all" && weight > 0)!;
    const changed = withOneTick(DATA, last.marketId, last.decidedOn);
    const after = baskets(changed), review = reviewed(after.subjects);
    const idsOf = (kind: string) =>
      review.subjects.filter((one) => one.kind === kind && one.standing === "stale")
        .map(({ id }) => id);
    const rowsOfBasket = ({ held }: typeof before, id: string) =>
      held.filter(({ basket, date }) => id === `hybrid_risk | ${basket} | ${formatDay(date)}`);
    const other = before.subjects.filter(({ kind, id }) =>
      kind === "basket" && !isDeepStrictEqual(rowsOfBasket(before, id), rowsOfBasket(after, id))
    ).map(({ id }) => id);
    const own = `hybrid_risk | ${last.basket} | ${formatDay(last.date)}`;
    assert.deepEqual(idsOf("basket"), other);
    assert.ok(other.includes(own), `${own} among ${other}`);
    assert.ok(other.length < review.subjects.filter(({ kind }) => kind === "basket").length);
    assert.ok(idsOf("returns").includes(`hybrid_risk | ${last.basket}`));
    assert.match(reviewLine(review, { notebook: "05" }), /^\*\*Unreviewed\.\*\* .* Stale, as what/);

    assert.deepEqual(unsigned(reviewed(baskets(DATA).subjects)), []);
  });
});
