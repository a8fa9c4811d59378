import assert from "node:assert/strict";
import type { Fact } from "lib/sources/live/fact.ts";
import { readAgain } from "lib/sources/live/read_again.ts";
import { answer, asking, read, withStore } from "./pull_fixture.ts";

const CRAWL: Fact = { kind: "crawl", subject: "list", edition: "2026-11-22", nPages: 1 };
const NOTHING = { facts: [], oddities: [] };

Deno.test("readAgain() reads where the readers are others, or where it is asked to", () =>
  withStore((store) => {
    assert.equal(readAgain(store, { read, readers: "one", isAsked: true }), 0, "nothing is stored");
    store.add(answer(asking("/a"), JSON.stringify([CRAWL])), NOTHING);
    assert.equal(readAgain(store, { read, readers: "one", isAsked: false }), 0);
    assert.deepEqual([...store.facts({})], []);
    assert.equal(readAgain(store, { read, readers: "two", isAsked: false }), 1);
    assert.deepEqual(Array.from(store.facts({}), ({ content }) => JSON.parse(content)), [CRAWL]);
    assert.equal(readAgain(store, { read, readers: "two", isAsked: false }), 0);
    assert.equal(readAgain(store, { read, readers: "two", isAsked: true }), 1);
    assert.equal(store.count().facts, 1, "facts are replaced, not doubled");
  }));

Deno.test("readAgain() makes an oddity of an answer that cannot be read any more", () =>
  withStore((store) => {
    store.add(answer(asking("/a"), "{}"), NOTHING);
    store.add(answer(asking("/b"), JSON.stringify([CRAWL])), NOTHING);
    const strict = (one: Parameters<typeof read>[0]) => {
      if (one.ask.path === "/c") throw new SyntaxError("Cannot read the Stooq file");
      return read(one);
    };
    store.add(answer(asking("/c")), NOTHING);
    assert.equal(readAgain(store, { read: strict, readers: "two", isAsked: false }), 3);
    assert.deepEqual(Array.from(store.oddities(), ({ place, reason }) => [place, reason]), [
      ["gamma /a of poly:1", "Cannot read a page as it must be a list: got {}"],
      ["gamma /c of poly:1", "Cannot read the Stooq file"],
    ]);
    assert.equal(store.count().facts, 1);
  }));

Deno.test("readAgain() leaves all as it was where a reader has a fault of its own", () =>
  withStore((store) => {
    store.add(answer(asking("/a"), JSON.stringify([CRAWL])), NOTHING);
    readAgain(store, { read, readers: "one", isAsked: true });
    const broken = () => {
      throw new RangeError("Cannot divide");
    };
    assert.throws(
      () => readAgain(store, { read: broken, readers: "two", isAsked: false }),
      new RangeError("Cannot divide"),
    );
    assert.equal(store.readerOf(), "one");
    assert.equal(store.count().facts, 1);
  }));
