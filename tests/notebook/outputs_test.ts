import assert from "node:assert/strict";
import { collectOutputs, stripAnsi } from "lib/notebook/outputs.ts";
import type { WireMessage } from "lib/notebook/wire.ts";

function message(type: string, content: Record<string, unknown>): WireMessage {
  return { type, parentId: "1", content };
}

function display(text: string, id?: string, type = "display_data"): WireMessage {
  return message(type, {
    data: { "text/plain": text },
    metadata: {},
    transient: { display_id: id },
  });
}

Deno.test("collectOutputs() joins texts of one stream only while nothing stands between them", () => {
  const stream = (name: string, text: string) => message("stream", { name, text });
  const outputs = collectOutputs([
    message("status", { execution_state: "busy" }),
    stream("stdout", "a"),
    stream("stdout", "b"),
    stream("stderr", "c"),
    stream("stdout", "d"),
    display("e"),
    stream("stdout", "f"),
  ]);
  assert.deepEqual(
    outputs.map((output) => output.output_type === "stream" ? output.text : "display"),
    ["ab", "c", "d", "display", "f"],
  );
});

Deno.test("collectOutputs() updates every output with the display id, and only those", () => {
  const outputs = collectOutputs([
    display("a", "x"),
    display("b", "y"),
    display("c", "x"),
    display("new", "x", "update_display_data"),
    display("lost", "z", "update_display_data"),
  ]);
  assert.deepEqual(
    outputs.map((output) => output.output_type === "display_data" && output.data["text/plain"]),
    ["new", "b", "new"],
  );
});

Deno.test("collectOutputs() forgets what was cleared", () => {
  assert.deepEqual(
    collectOutputs([
      display("a", "x"),
      message("clear_output", { wait: true }),
      display("b", "x", "update_display_data"),
    ]),
    [],
  );
});

Deno.test("stripAnsi() leaves text without colours and links", () => {
  assert.equal(
    stripAnsi("\x1b[1m\x1b[31mred\x1b[0m \x1b]8;;http://e.org\x07link\x1b]8;;\x07 [x]"),
    "red link [x]",
  );
});
