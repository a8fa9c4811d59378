import assert from "node:assert/strict";
import fc from "fast-check";
import { correlationEvidence } from "lib/stats/correlation_evidence.ts";
import { falseDiscovery } from "lib/stats/false_discovery.ts";
import { studentTwoSided } from "lib/stats/student_t.ts";
import golden from "../golden/stats/evidence.json" with { type: "json" };

const close = (got: number, want: number, relative: number) =>
  assert.ok(Math.abs(got - want) <= relative * Math.abs(want), `got ${got}, want ${want}`);

Deno.test("studentTwoSided() gives scipy's two tails", () => {
  // golden: tests/golden/stats/evidence.py
  for (const [t, df, p] of golden.tails) close(studentTwoSided(t!, df!), p!, 1e-11);
  assert.equal(studentTwoSided(Infinity, 3), 0);
  assert.ok(Number.isNaN(studentTwoSided(NaN, 3)));
  assert.throws(() => studentTwoSided(1, 0), {
    name: "RangeError",
    message: "Cannot judge a t statistic as df must be above 0: got 0",
  });
});

Deno.test("correlationEvidence() gives scipy's intervals and p-values", () => {
  for (const [rho, n, low, high, p] of golden.pearson) {
    const found = correlationEvidence(rho!, n!, { kind: "pearson" });
    close(found.ciLow, low!, 1e-11);
    close(found.ciHigh, high!, 1e-11);
    close(found.pValue, p!, 1e-10);
  }
  const [rho, n, p] = golden.spearman;
  close(correlationEvidence(rho!, n!, { kind: "spearman" }).pValue, p!, 1e-10);
});

Deno.test("correlationEvidence() of 30 days and 0.3 spans zero", () => {
  const { ciLow, ciHigh } = correlationEvidence(0.3, 30, { kind: "spearman" });
  assert.ok(ciLow < 0 && ciHigh > 0.55);
});

Deno.test("correlationEvidence() has no interval for too few days and none for NaN", () => {
  const few = correlationEvidence(0.5, 3, { kind: "pearson" });
  assert.ok(Number.isNaN(few.ciLow) && Number.isNaN(few.ciHigh) && few.pValue < 1);
  const none = correlationEvidence(NaN, 50, { kind: "pearson" });
  assert.ok([none.ciLow, none.ciHigh, none.pValue].every(Number.isNaN));
  const whole = correlationEvidence(1, 50, { kind: "pearson" });
  assert.deepEqual([whole.ciLow, whole.ciHigh, whole.pValue], [1, 1, 0]);
  assert.throws(() => correlationEvidence(1.1, 50, { kind: "pearson" }), /in \[-1, 1\]: got 1\.1$/);
  assert.throws(() => correlationEvidence(0, 50, { kind: "pearson", alpha: 1 }), /alpha must be/);
});

Deno.test("falseDiscovery() gives statsmodels' adjusted p-values", () => {
  falseDiscovery(golden.p).forEach((q, i) => assert.ok(Math.abs(q - golden.bh[i]!) < 1e-14));
  falseDiscovery(golden.p, { dependence: "any" })
    .forEach((q, i) => assert.ok(Math.abs(q - golden.by[i]!) < 1e-14));
});

Deno.test("falseDiscovery() leaves missing tests out, keeps the order and never goes below p", () => {
  const p = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: NaN });
  fc.assert(
    fc.property(fc.array(p, { maxLength: 30 }), (values) => {
      const q = falseDiscovery(values);
      const known = values.flatMap((x, i) => Number.isNaN(x) ? [] : [[x, q[i]!] as const]);
      assert.deepEqual(known.map(([, x]) => x), [...falseDiscovery(known.map(([x]) => x))]);
      values.forEach((x, i) =>
        assert.ok(Number.isNaN(x) ? Number.isNaN(q[i]) : q[i]! >= x - 1e-15)
      );
      known.sort(([a], [b]) => a - b).reduce((last, [, x]) => {
        assert.ok(x >= last);
        return x;
      }, 0);
    }),
    { seed: 7 },
  );
  assert.throws(() => falseDiscovery([0.5, 1.5]), {
    name: "RangeError",
    message: "Cannot adjust p-values as each must be in [0, 1]: got 1.5",
  });
});
