import assert from "node:assert/strict";
import { decodeMessage, encodeMessage } from "lib/notebook/wire.ts";

const key = "a key", session = "s", id = "1";

Deno.test("encodeMessage() gives the frames of the protocol", () => {
  const [delimiter, signature, ...parts] = encodeMessage("kernel_info_request", { a: "é" }, {
    key,
    session,
    id,
  }).map((frame) => new TextDecoder().decode(frame));
  assert.equal(delimiter, "<IDS|MSG>");
  // the date is the only part that changes from call to call
  const fixed = parts.map((part) => part.replace(/"date":"[^"]*"/, '"date":""'));
  assert.deepEqual(fixed, [
    '{"msg_id":"1","session":"s","username":"basketry","date":"","msg_type":"kernel_info_request","version":"5.3"}',
    "{}",
    "{}",
    '{"a":"é"}',
  ]);
  assert.match(signature!, /^[0-9a-f]{64}$/);
});

Deno.test("decodeMessage() reads a message signed by Python, with identities before it", () => {
  // golden: hmac.new(b"a key", b'{"msg_type":"status"}' + b'{"msg_id":"1"}' + b'{}' + b'{"execution_state":"idle"}', "sha256").hexdigest()
  const frames = [
    "identity",
    "<IDS|MSG>",
    "58edc589ac06912efe820dca70bf5fb30324e087755d5111b28f46dce6e7598e",
    '{"msg_type":"status"}',
    '{"msg_id":"1"}',
    "{}",
    '{"execution_state":"idle"}',
  ].map((text) => new TextEncoder().encode(text));
  assert.deepEqual(decodeMessage(frames, key), {
    type: "status",
    parentId: "1",
    content: { execution_state: "idle" },
  });
});

Deno.test("decodeMessage() refuses a message that was changed, or cut, or has another key", () => {
  const frames = encodeMessage("status", { a: 1 }, { key, session, id });
  const changed = [...frames.slice(0, -1), new TextEncoder().encode('{"a":2}')];
  for (const bad of [changed, frames.slice(0, 4), []]) {
    assert.throws(() => decodeMessage(bad, key), { name: "SyntaxError" });
  }
  assert.throws(() => decodeMessage(frames, "another key"), { name: "SyntaxError" });
  assert.equal(decodeMessage(frames, key).type, "status");
});
