/// <reference lib="dom" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { htmlPage } from "lib/notebook/html_page.ts";
import type { Output } from "lib/notebook/ipynb.ts";
import { safeHtml } from "lib/notebook/safe_html.ts";
import { notebookOf, type Sketch } from "./temporary_project.ts";

const about = { name: "01_a", sourceLabel: "simulated universe, seed 7" };

/** The page of a notebook whose last cell gave these outputs. */
function pageOf(sketches: Sketch[], outputs: Output[] = []) {
  const notebook = notebookOf(sketches);
  const cell = notebook.cells.at(-1)!;
  if (cell.cell_type === "code") cell.outputs.push(...outputs);
  const html = htmlPage(notebook, about);
  return { html, document: parseHTML(html).document };
}

function shown(data: Record<string, unknown>): Output {
  return { output_type: "execute_result", execution_count: 1, data, metadata: {} };
}

Deno.test("htmlPage() has title, language, landmarks, contents and the source of the data", () => {
  const { document } = pageOf([
    "# Which **markets**?\n\n## One & two\n\n### Deep\n\n## One & two",
    "1",
  ]);
  assert.equal(document.documentElement.getAttribute("lang"), "en");
  assert.equal(document.querySelector("title")!.textContent, "Which markets?");
  assert.equal(document.querySelectorAll("main, nav, header, footer").length, 4);
  assert.equal(document.querySelectorAll("h1").length, 1);
  assert.equal(document.querySelector(".source")!.textContent, about.sourceLabel);
  const links = [...document.querySelectorAll("nav a")].map((link) => [
    link.getAttribute("href"),
    link.textContent,
  ]);
  assert.deepEqual(links, [["#one-two", "One & two"], ["#deep", "Deep"], [
    "#one-two-2",
    "One & two",
  ]]);
  for (const [href] of links) assert.ok(document.getElementById(href!.slice(1)), String(href));
});

Deno.test("htmlPage() forbids scripts and the network, and asks for no other file", () => {
  const { html, document } = pageOf(["1"], [
    shown({ "text/html": '<img src="https://e.org/x.png"><b>x</b>' }),
    shown({
      "text/markdown": "![alt](https://e.org/y.png) [ok](https://e.org) [bad](javascript:x)",
    }),
  ]);
  const policy = document.querySelector("meta[http-equiv]")!.getAttribute("content")!;
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /script-src|connect-src/);
  assert.equal(
    document.querySelectorAll("script, link, iframe, [src]:not([src^='data:'])").length,
    0,
  );
  assert.doesNotMatch(html, /javascript:|y\.png/);
  assert.deepEqual([...document.querySelectorAll("main a")].map((a) => a.getAttribute("href")), [
    "https://e.org",
  ]);
});

Deno.test("htmlPage() shows hostile text as text, wherever it comes from", () => {
  const hostile =
    "</pre></details></main><img src=x onerror=alert(1)><script>alert(1)</script>\"'&";
  const { document } = pageOf([`# T\n\n${hostile}\n\n\`${hostile}\``, hostile], [
    { output_type: "stream", name: "stdout", text: hostile },
    { output_type: "error", ename: hostile, evalue: hostile, traceback: ["", hostile] },
    shown({ "text/plain": hostile }),
    shown({ "text/markdown": hostile }),
    shown({ "text/html": hostile }),
    shown({ "image/png": hostile, "text/plain": "fallback" }),
  ]);
  assert.equal(document.querySelectorAll("script, [onerror]").length, 0);
  // nothing broke out of its place
  assert.equal(document.body.children.length, 4);
  assert.equal(document.querySelector("main")!.querySelectorAll(".output").length, 5);
  const streams = [...document.querySelectorAll(".output.stdout pre")];
  assert.deepEqual(streams.map((pre) => pre.textContent), [hostile]);
});

Deno.test("htmlPage() folds code and puts charts on a card", () => {
  const { document } = pageOf(["1 < 2"], [
    shown({
      "text/html": '<img alt="an &lt;alt&gt;" src="data:image/svg+xml;base64,PHN2Zy8+">',
      "application/vnd.basketry.figure+json": { name: "a", title: "t", alt: "an <alt>" },
    }),
    shown({ "image/svg+xml": "<svg><script>alert(1)</script></svg>", "text/plain": "x" }),
  ]);
  assert.equal(document.querySelector("details.code code")!.textContent, "1 < 2");
  const images = [...document.querySelectorAll("figure.chart img")];
  assert.equal(images[0]!.getAttribute("alt"), "an <alt>");
  // a drawing in an image element runs no script
  assert.match(images[1]!.getAttribute("src")!, /^data:image\/svg\+xml;base64,/);
  assert.equal(document.querySelectorAll("svg, script").length, 0);
});

Deno.test("safeHtml() keeps what our tables and charts are made of", () => {
  const kept =
    '<table><caption>A &amp; B</caption><tr><td style="text-align:right">1<br />2</td></tr></table>' +
    '<img alt="a" style="max-width:100%" src="data:image/svg+xml;base64,PHN2Zy8+" />';
  assert.equal(safeHtml(kept), kept);
});

Deno.test("safeHtml() drops what runs, loads or leaves, and mends what is open", () => {
  const cases: Record<string, string> = {
    "a<script>b</script>c": "ac",
    "a<script>b": "a",
    "<p onclick=x OnLoad='y' class=k>t": '<p class="k">t</p>',
    "<p id=main>t</p>": "<p>t</p>",
    "<blink>t</blink><x-y z=1>u": "tu",
    "</div><b>t": "<b>t</b>",
    '<a href="javascript:x">t</a>': "<a>t</a>",
    '<a href=" java\nscript:x">t</a>': "<a>t</a>",
    '<a href="&#106;avascript:x">t</a>': "<a>t</a>",
    '<img src="https://e.org/a.png">': "",
    '<img src="data:text/html;base64,AA">': "",
    "<svg><path/></svg>t": "t",
    "<iframe srcdoc='<b>'></iframe>t": "t",
    "<!-- <b> -->t": "t",
    "1 < 2": "1 &lt; 2",
  };
  for (const [html, safe] of Object.entries(cases)) assert.equal(safeHtml(html), safe, html);
});

Deno.test("safeHtml() never lets an element or a handler through, whatever it is given", () => {
  const piece = fc.constantFrom(
    ..."< > </ /> \" ' = <!-- --> <script </script> onerror onload= <img <svg <b> </b> <a href= javascript: src= <style> </style> <![CDATA[ ]]> x"
      .split(" "),
    " ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const safe = safeHtml(pieces.join(""));
      const { document } = parseHTML(
        `<!doctype html><html><body><div>${safe}</div><i>end</i></body></html>`,
      );
      for (const element of document.querySelectorAll("*")) {
        assert.ok(!/script|iframe/i.test(element.tagName), safe);
        for (const { name, value } of element.attributes) {
          assert.ok(!/^on/i.test(name) && !/^javascript:/i.test(value), safe);
        }
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});
