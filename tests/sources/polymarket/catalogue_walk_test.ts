import assert from "node:assert/strict";
import type { Ask, Reply } from "lib/fetch/ask.ts";
import type { CatalogueList } from "lib/sources/polymarket/catalogue_list.ts";
import { walkCatalogue } from "lib/sources/polymarket/catalogue_walk.ts";

const list: CatalogueList = { rows: "markets", isClosed: false, endsFrom: null, startsFrom: null };
const start = "/markets/keyset?limit=100&order=id&ascending=true&closed=false";

function page(ask: Ask, value: unknown): Reply {
  return {
    isAnswer: true,
    answer: { ask, atMs: 0, status: 200, text: JSON.stringify(value), value },
  };
}

/** Paths that a walk asks for when it is given these pages. */
function paths(pages: readonly unknown[]): string[] {
  const walk = walkCatalogue(list, "2026-11-22");
  const asked: string[] = [];
  let step = walk.next();
  for (const value of pages) {
    if (step.done) break;
    asked.push(step.value.path);
    step = walk.next(page(step.value, value));
  }
  assert.ok(step.done, "the walk wants another page");
  return asked;
}

const rows = Array.from({ length: 100 }, (_, k) => k);

Deno.test("walkCatalogue() follows the cursors to the page without one", () => {
  const pages = [
    { markets: rows, next_cursor: "a=" },
    { markets: [1, 2], next_cursor: "b" },
    { markets: [3] },
  ];
  assert.deepEqual(paths(pages), [
    start,
    `${start}&after_cursor=a%3D`,
    `${start}&after_cursor=b`,
  ]);
});

Deno.test("walkCatalogue() ends on an empty page after a full one", () => {
  assert.equal(paths([{ markets: rows, next_cursor: "a" }, { markets: [] }]).length, 2);
  const stubborn = [{ markets: rows, next_cursor: "a" }, { markets: [], next_cursor: "a" }];
  assert.equal(paths(stubborn).length, 2);
  assert.equal(paths([{ markets: [], next_cursor: null }]).length, 1);
});

Deno.test("walkCatalogue() stops with an error where it cannot come to the end", () => {
  const first = { markets: rows, next_cursor: "a" };
  const cases: readonly (readonly [readonly unknown[], string])[] = [
    [
      [first, { markets: rows, next_cursor: "b" }, first],
      'each page must have a new cursor: got "a"',
    ],
    [[{ markets: rows }], `each full page must have a next cursor: got none (GET gamma ${start})`],
    [
      [{ markets: rows, next_cursor: "x".repeat(4097) }],
      `a cursor must be text of at most 4096 characters: got "${"x".repeat(200)}"`,
    ],
    [
      [{ markets: rows, next_cursor: "\ud800" }],
      String.raw`a cursor must be text of at most 4096 characters: got "\ud800"`,
    ],
  ];
  for (const [pages, rest] of cases) {
    assert.throws(() => paths(pages), {
      name: "Error",
      message: `Cannot walk polymarket open markets as ${rest}`,
    });
  }
  assert.throws(() => paths([{ error: "x" }]), TypeError);
});

Deno.test("walkCatalogue() stops with an error where a page is not answered", () => {
  const walk = walkCatalogue(list, "2026-11-22");
  const ask = walk.next().value as Ask;
  const failure = { ask, atMs: 0, status: 503, reason: "status 503 five times", isPassing: true };
  assert.throws(() => walk.next({ isAnswer: false, failure }), {
    name: "Error",
    message: "Cannot walk polymarket open markets as each page must be answered: got " +
      `status 503 five times (GET gamma ${start})`,
  });
});
