import assert from "node:assert/strict";
import { isKey, isKeyOfTarget } from "lib/page/key_match.ts";

const PRESS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

Deno.test("isKey() takes letters as shift makes them, whatever caps lock says", () => {
  assert.equal(isKey({ ...PRESS, key: "a" }, "a"), true);
  assert.equal(isKey({ ...PRESS, key: "A" }, "a"), true);
  assert.equal(isKey({ ...PRESS, key: "A" }, "A"), false);
  assert.equal(isKey({ ...PRESS, key: "A", shiftKey: true }, "A"), true);
  assert.equal(isKey({ ...PRESS, key: "a", shiftKey: true }, "A"), true);
  assert.equal(isKey({ ...PRESS, key: "a", shiftKey: true }, "a"), false);
});

Deno.test("isKey() takes signs and named keys as the keyboard gives them", () => {
  assert.equal(isKey({ ...PRESS, key: "?", shiftKey: true }, "?"), true);
  assert.equal(isKey({ ...PRESS, key: "ArrowUp" }, "ArrowUp"), true);
  assert.equal(isKey({ ...PRESS, key: "ArrowUp" }, "ArrowDown"), false);
});

Deno.test("isKey() leaves presses with Control, Alt and Meta to the browser", () => {
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
    assert.equal(isKey({ ...PRESS, key: "a", [modifier]: true }, "a"), false, modifier);
  }
});

Deno.test("isKeyOfTarget() leaves fields all keys, and lists and sliders their arrows", () => {
  const target = (tagName: string, type = "") => ({ tagName, type, isContentEditable: false });
  assert.equal(isKeyOfTarget(target("TEXTAREA"), "a"), true);
  assert.equal(isKeyOfTarget(target("INPUT", "text"), "a"), true);
  assert.equal(isKeyOfTarget(target("INPUT", "search"), "ArrowUp"), true);
  assert.equal(isKeyOfTarget(target("SELECT"), "a"), true);
  assert.equal(isKeyOfTarget(target("INPUT", "range"), "ArrowUp"), true);
  assert.equal(isKeyOfTarget(target("INPUT", "checkbox"), "a"), false);
  assert.equal(isKeyOfTarget(target("INPUT", "checkbox"), " "), true);
  assert.equal(isKeyOfTarget({ ...target("DIV"), isContentEditable: true }, "a"), true);
});

Deno.test("isKeyOfTarget() leaves buttons and links what presses them, and no more", () => {
  for (const tagName of ["BUTTON", "A", "SUMMARY"]) {
    const target = { tagName, type: "", isContentEditable: false };
    assert.equal(isKeyOfTarget(target, "Enter"), true);
    assert.equal(isKeyOfTarget(target, " "), true);
    assert.equal(isKeyOfTarget(target, "a"), false);
    assert.equal(isKeyOfTarget(target, "ArrowDown"), false);
  }
  assert.equal(isKeyOfTarget({ tagName: "BODY", type: "", isContentEditable: false }, " "), false);
});
