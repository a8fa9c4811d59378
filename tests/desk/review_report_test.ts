/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import assert from "node:assert/strict";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { parseDay } from "lib/core/day.ts";
import { dateColumn, numberColumn, stringColumn, table } from "lib/core/table.ts";
import { REPORT_STYLE } from "lib/desk/report_style.ts";
import { reviewReport } from "lib/desk/review_report.ts";
import type { DecisionDraft } from "lib/review/decision.ts";
import { storeDecision } from "lib/review/decision_files.ts";
import { type Subject, subjectTable } from "lib/review/subject.ts";
import {
  AS_OF,
  HOSTILE,
  inRun,
  LEFT,
  put,
  putChart,
  SOURCE,
  subject,
  SUBJECTS,
} from "./desk_fixture.ts";

const [, LEFT_CLUSTER, RIGHT_CLUSTER] = SUBJECTS["03_review"] as [Subject, Subject, Subject];
const [AUDIT_A, AUDIT_B] = SUBJECTS["04_review"] as readonly Subject[] as [Subject, Subject];
const [BASKET, RETURNS] = SUBJECTS["05_review"] as readonly Subject[] as [Subject, Subject];

function store(
  out: string,
  { kind, id, title, seen }: Subject,
  said: Partial<DecisionDraft> = {},
  after = 0,
) {
  return storeDecision(out, {
    ...{ kind, subject: id, title, seen, source: SOURCE, asOf: AS_OF, verdict: "approve" },
    ...{ value: {}, comment: "", by: "Ada", ...said },
  }, { after, at: "2026-03-01T12:34:56.789Z" });
}

function judged(marketId: string, more: Record<string, unknown> = {}) {
  return {
    ...{ marketId, sheet: "audit_50", theme: "crypto_digital", classifier: "lexical 1", ...more },
  };
}

/** A contract that changed its theme, as notebook 05 tells it. */
async function putThemeChange(out: string): Promise<void> {
  const days = ["2025-12-31", "2026-01-30"].map(parseDay);
  const both = (text: string) => stringColumn([text, text]);
  await put(
    out,
    "05_groups",
    table({
      decided_on: dateColumn(days),
      ...{ market_id: both("kalshi:d"), event_id: both("event-4"), side: both("yes") },
      words_theme: stringColumn(["crypto_digital", "climate_environment"]),
      cluster: both("cluster_03"),
      cluster_stability: numberColumn([0.5, 0.5]),
      cluster_p: numberColumn([0.2, 0.2]),
      theme: stringColumn(["crypto_digital", "climate_environment"]),
      rule: both("both agree"),
    }),
  );
}

async function documentOf(out: string) {
  const html = await reviewReport(out);
  const { document } = parseHTML(html);
  const section = (id: string) =>
    document.querySelector(`section[aria-labelledby="${id}"]`)?.textContent?.replace(/\s+/g, " ") ??
      "";
  return { html, document, section };
}

Deno.test("reviewReport() asks the questions of five checkpoints, with a table of contents", () =>
  inRun(async (out) => {
    const { document } = await documentOf(out);
    const titles = [...document.querySelectorAll("main h2")].map(({ textContent }) => textContent);
    assert.deepEqual(titles, [
      "1. Classification review",
      "2. Cluster inspection",
      "3. Basket composition",
      "4. Backtest plausibility",
      "5. Edge cases",
    ]);
    const rows = [...document.querySelectorAll("nav tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map(({ textContent }) => textContent)
    );
    // must be signed, of these signed, waiting, stale, flagged
    assert.deepEqual(rows.map((row) => row.slice(1).join(" ")), [
      "3 0 3 0 0",
      "3 0 3 0 0",
      "1 0 1 0 0",
      "1 0 1 0 0",
      "0 0 0 0 0",
    ]);
    for (const link of document.querySelectorAll("nav a")) {
      assert.ok(document.querySelector(link.getAttribute("href")!), link.textContent ?? "");
    }
    assert.match(
      document.querySelector("header")!.textContent ?? "",
      /Unreviewed: 8 of 8 questions that must be signed are not\./,
    );
    assert.match(
      document.querySelector("header")!.textContent ?? "",
      /Simulated: nothing here is about real/,
    );
  }));

Deno.test("reviewReport() tells what was judged, by whom, when and why, and what is open", () =>
  inRun(async (out) => {
    await putThemeChange(out);
    await store(out, AUDIT_A, {
      verdict: "relabel",
      value: judged("kalshi:a", { rightTheme: "climate_environment" }),
      comment: "It is about rain.",
    });
    await store(out, AUDIT_B, { value: judged("kalshi:b"), by: "Ben" });
    await store(out, LEFT_CLUSTER, { verdict: "rename", value: { members: LEFT, name: "Coins" } });
    await store(out, LEFT_CLUSTER, { value: { members: LEFT } }, 1);
    await store(out, { ...RIGHT_CLUSTER, seen: "f".repeat(64) }, {
      verdict: "flag",
      value: { members: LEFT },
    });
    await store(out, BASKET, { verdict: "flag", comment: "Why so much of one?" });
    await store(out, subject("twin", "kalshi:gone | poly:gone"), { verdict: "exclude" });
    const { section, document } = await documentOf(out);
    assert.match(section("classification"), /1 of 2 right: 50% \(9% to 91%\)\./);
    assert.match(
      section("classification"),
      /Crypto[^.]*12\d*50% \(9% to 91%\).*wrong, right is Climate.*Ada2026-03-01 12:34 UTCIt is about rain\./,
    );
    assert.match(section("classification"), /audit_50 \| kalshi:brightBen2026-03-01 12:34 UTC/);
    assert.match(
      section("classification"),
      /Waiting for a person \(1\).*twins: twin kalshi:a \| poly:a /,
    );
    assert.match(
      section("classification"),
      /1 more question that a person may answer and nobody has/,
    );
    assert.match(section("clusters"), /Stale: signed on other data[^(]*\(1\).*flaggedAda.*Waiting/);
    assert.match(section("clusters"), /Signed \(1\).*approved, renamed “Coins” before/);
    assert.match(
      section("baskets"),
      /Flagged \(1\).*flaggedAda2026-03-01 12:34 UTCWhy so much of one\?/,
    );
    assert.match(section("returns"), /Waiting for a person \(1\)/);
    assert.match(
      section("edge-cases"),
      /Not judged; nobody must \(1\).*theme_change kalshi:d \| 2026-01-30Crypto[^→]* → Climate[^.]*\. Its words say Climate/,
    );
    assert.match(section("orphans"), /kalshi:gone \| poly:gonenot one questionAda/);
    assert.match(
      document.querySelector("header")!.textContent ?? "",
      /not yet in 03_clustering_experiments, 04_classification_comparison, 05_backtest_results/,
    );
    assert.equal(RETURNS.kind, "returns");
  }));

Deno.test("reviewReport() says that it is reviewed once all that must be is signed", () =>
  inRun(async (out) => {
    await put(out, "05_review", subjectTable([BASKET]));
    await store(out, BASKET);
    const { document } = await documentOf(out);
    assert.match(
      document.querySelector("header")!.textContent ?? "",
      /Reviewed: all of 1 question that must be signed are\./,
    );
  }, ["05_review"]));

Deno.test("reviewReport() shows text of others harmlessly and runs and asks for nothing", () =>
  inRun(async (out) => {
    await store(out, { ...LEFT_CLUSTER, title: "" }, {
      ...{
        verdict: "rename",
        value: { members: LEFT, name: "</style><img src=x onerror=alert(1)>" },
      },
      ...{ comment: HOSTILE, by: `"><svg onload=alert(1)>` },
    });
    await Deno.writeTextFile(join(out, "reviews/decisions/cluster/<b>.txt"), "");
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg"><title>A &lt;b&gt; &amp; "c"</title><script>alert(1)</script></svg>`;
    await putChart(out, "dendrogram", svg);
    const { html, document } = await documentOf(out);
    assert.doesNotMatch(html, /<script|<svg|<b>|onerror=alert\(1\)>|https?:\/\//);
    assert.equal(document.querySelectorAll("script, svg, iframe, object, link, form").length, 0);
    assert.equal(document.querySelectorAll("style").length, 1);
    for (const element of document.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        assert.doesNotMatch(name, /^on/);
        if (name === "src") assert.match(value, /^data:image\/(png|svg\+xml);base64,[\w+/=]+$/);
        if (name === "href") assert.match(value, /^#[a-z-]+$/);
      }
    }
    assert.ok(document.body.textContent.includes(HOSTILE));
    const [image] = document.querySelectorAll("img");
    assert.equal(image!.getAttribute("alt"), 'A <b> & "c"');
    assert.equal(atob(image!.getAttribute("src")!.split(",")[1]!), "\x89PNG");
    assert.doesNotMatch(REPORT_STYLE, /[&<>"']|url|import/);
  }));

Deno.test("reviewReport() takes the PNG of a chart, or the SVG where that is much smaller, and says how large it is", () =>
  inRun(async (out) => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="820" height="400"><rect/></svg>';
    await putChart(out, "dendrogram", svg);
    const small = await documentOf(out);
    const [image] = small.document.querySelectorAll("img");
    assert.equal(image!.getAttribute("src"), "data:image/png;base64,iVBORw==");
    assert.deepEqual(["width", "height"].map((name) => image!.getAttribute(name)), ["820", "400"]);
    assert.match(small.document.querySelector("header")!.textContent ?? "", /One file of \d kB /);
    await Deno.writeFile(join(out, "outputs/charts/dendrogram.png"), new Uint8Array(1_000_001));
    const [drawn] = (await documentOf(out)).document.querySelectorAll("img");
    assert.equal(drawn!.getAttribute("src"), `data:image/svg+xml;base64,${btoa(svg)}`);
    await Deno.writeFile(join(out, "outputs/charts/dendrogram.png"), new Uint8Array(1_000_000));
    const large = await documentOf(out);
    assert.match(large.html, /data:image\/png;base64,AAAA/);
    assert.match(large.document.querySelector("header")!.textContent ?? "", /One file of 1\.3 MB /);
  }));

Deno.test("reviewReport() gives equal bytes for equal data", () =>
  inRun(async (out) => {
    await store(out, BASKET);
    assert.equal(await reviewReport(out), await reviewReport(out));
  }));
