/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { htmlOf, markup } from "lib/desk/markup.ts";

Deno.test("markup escapes text and takes markup as it is", () => {
  const inner = markup`<b>${"<i>"}</b>`;
  assert.equal(
    htmlOf(markup`<p title="${`"'`}">${inner}${[inner, inner]}${null}${1.5}</p>`),
    '<p title="&#34;&#39;"><b>&#60;i&#62;</b><b>&#60;i&#62;</b><b>&#60;i&#62;</b>1.5</p>',
  );
});

Deno.test("markup shows any text as that text, in content and in attributes", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."<>&\"'/= abscript\u202eé😀") }),
      (text) => {
        const html = htmlOf(markup`<p title="${text}">${text}</p>`);
        const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
        assert.equal(document.body.querySelectorAll("*").length, 1);
        assert.equal(document.querySelector("p")!.textContent, text);
        assert.equal(document.querySelector("p")!.getAttribute("title"), text);
      },
    ),
    { seed: 7 },
  );
});
