import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type DecisionDraft,
  parseDecision,
  parseDraft,
  SUBJECT_KINDS,
  valueOf,
  VERDICTS,
} from "lib/review/decision.ts";
import { decisionOf, draftOf } from "./decision_fixture.ts";

const MEMBERS = ["poly:1", "poly:2"];
const AUDIT = { marketId: "poly:1", sheet: "audit_50", theme: "fed", classifier: "lexical" };

/** What each verdict must carry; nothing where it is not named. */
const CARRIED: Readonly<Record<string, Record<string, unknown>>> = {
  "cut approve": { clusters: 12 },
  "cluster approve": { members: MEMBERS },
  "cluster flag": { members: MEMBERS },
  "cluster rename": { members: MEMBERS, name: "Fed" },
  "cluster merge": { members: MEMBERS, with: [["poly:3"]] },
  "cluster split": { members: MEMBERS, parts: [["poly:1"], ["poly:2"]] },
  "theme relabel": { theme: "fed" },
  "side relabel": { side: -1 },
  "contract exclude": { since: null },
  "audit approve": AUDIT,
  "audit flag": AUDIT,
  "audit relabel": { ...AUDIT, rightTheme: null },
};

function fails(part: Record<string, unknown>, words: string): void {
  assert.throws(() => parseDraft({ ...draftOf(), ...part }), {
    name: "RangeError",
    message: `Cannot take a decision as ${words}`,
  });
}

Deno.test("parseDraft() takes every verdict of every kind with what it carries, and with nothing else", () => {
  for (const kind of SUBJECT_KINDS) {
    for (const verdict of [...VERDICTS[kind], "withdraw"] as const) {
      const value = CARRIED[`${kind} ${verdict}`] ?? {};
      const draft = draftOf({ kind, verdict, value });
      assert.deepEqual(parseDraft(draft), draft, `${kind} ${verdict}`);
      assert.throws(() => parseDraft({ ...draft, value: { ...value, more: 1 } }), RangeError);
      if (Object.keys(value).length > 0) {
        assert.throws(() => parseDraft({ ...draft, value: {} }), RangeError);
      }
    }
  }
});

Deno.test("parseDraft() keeps ids as they are and trims what a person typed", () => {
  const ids = { subject: " a ", source: 'folder "x" ' };
  const { subject, source, by } = parseDraft(draftOf({ ...ids, by: " Anna " }));
  assert.deepEqual({ subject, source, by }, { ...ids, by: "Anna" });
  const value = { members: [" poly:1"], name: " Fed " };
  const renamed = parseDraft(draftOf({ kind: "cluster", verdict: "rename", value }));
  assert.deepEqual(renamed.value, { members: [" poly:1"], name: "Fed" });
  const audited = { ...AUDIT, marketId: "poly:1 " };
  const audit = parseDraft(draftOf({ kind: "audit", verdict: "approve", value: audited }));
  assert.equal(audit.value.marketId, "poly:1 ");
});

Deno.test("parseDraft() heeds the taxonomy where it is given, and always takes uncategorized", () => {
  const themes = ["fed"];
  const relabel = (theme: string) =>
    parseDraft(draftOf({ verdict: "relabel", value: { theme } }), { themes });
  assert.deepEqual(relabel("fed").value, { theme: "fed" });
  assert.deepEqual(relabel("uncategorized").value, { theme: "uncategorized" });
  assert.throws(() => relabel("gone"), {
    name: "RangeError",
    message: 'Cannot take a decision as its theme must be one of the taxonomy: got "gone"',
  });
  assert.throws(() =>
    parseDraft(
      draftOf({
        kind: "audit",
        verdict: "relabel",
        value: { ...AUDIT, rightTheme: "gone" },
      }),
      { themes },
    ), RangeError);
});

Deno.test("parseDraft() takes nothing out of a prototype", () => {
  const raw = JSON.parse('{"__proto__": {"theme": "fed"}}');
  assert.throws(() => parseDraft({ ...draftOf({ verdict: "relabel" }), value: raw }), RangeError);
  assert.equal(({} as Record<string, unknown>).theme, undefined);
});

Deno.test("parseDraft() on any JSON gives a draft that it takes again, or a RangeError", () => {
  const part = fc.record({
    ...{
      kind: fc.constantFrom(...SUBJECT_KINDS, "x"),
      subject: fc.oneof(fc.string(), fc.integer()),
    },
    verdict: fc.constantFrom("approve", "flag", "withdraw", "relabel", "merge"),
    ...{ value: fc.oneof(fc.constant({}), fc.jsonValue()), comment: fc.string(), by: fc.string() },
  }, { requiredKeys: [] });
  let taken = 0;
  const holds = (raw: unknown) => {
    let draft: DecisionDraft;
    try {
      draft = parseDraft(raw);
    } catch (error) {
      assert.ok(error instanceof RangeError, String(error));
      return;
    }
    ++taken;
    assert.deepEqual(parseDraft(JSON.parse(JSON.stringify(draft))), draft);
  };
  fc.assert(fc.property(fc.jsonValue(), holds), { seed: 7 });
  fc.assert(fc.property(part, (some) => holds({ ...draftOf(), ...some })), { seed: 7 });
  assert.ok(taken >= 10, `${taken} drafts were taken`);
});

Deno.test("parseDecision() takes whole numbers from 1 and instants of UTC with milliseconds", () => {
  const decision = decisionOf({ number: 12 });
  assert.deepEqual(parseDecision(decision), decision);
  for (const number of [0, 1.5, -1, NaN, "1"]) {
    assert.throws(() => parseDecision({ ...decision, number }), RangeError);
  }
  for (
    const at of [
      ...["2026-05-03", "2026-05-03T10:00:00Z", "2026-05-03T10:00:00.000+02:00"],
      ...["2026-02-30T10:00:00.000Z", 5],
    ]
  ) {
    assert.throws(() => parseDecision({ ...decision, at }), RangeError, String(at));
  }
  assert.throws(() => parseDecision(draftOf()), RangeError);
});

Deno.test("valueOf() gives what a verdict carries, and null of another kind or verdict", () => {
  const relabel = draftOf({ verdict: "relabel", value: { theme: "fed" } });
  assert.deepEqual(valueOf(relabel, "theme relabel"), { theme: "fed" });
  assert.equal(valueOf(relabel, "side relabel"), null);
  assert.equal(valueOf(draftOf(), "theme relabel"), null);
});

Deno.test("parseDraft() says what is wrong", () => {
  fails({ verdict: "merge" }, 'a theme takes approve, relabel, flag, withdraw: got "merge"');
  fails(
    { by: "  " },
    '"by" must be well formed: got too small: expected string to have >=1 characters',
  );
  fails(
    { verdict: "relabel" },
    '"value.theme" must be well formed: got invalid input: expected string, received undefined',
  );
  fails(
    { kind: "side", verdict: "relabel", value: { side: 2 } },
    '"value.side" must be well formed: got invalid input',
  );
  fails({ extra: 1 }, 'it must be well formed: got unrecognized key: "extra"');
  assert.throws(() => parseDraft(null), {
    message:
      "Cannot take a decision as it must be well formed: got invalid input: expected object, received null",
  });
});
