import type { Output } from "./ipynb.ts";
import type { WireMessage } from "./wire.ts";

/** Text without the escape sequences by which a terminal is coloured. */
export function stripAnsi(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))/g, "");
}

/**
 * The outputs of one cell out of what its kernel published, in order, as nbformat stores them.
 *
 * Texts of one stream that follow one another are joined. `update_display_data` changes the earlier
 * output with its display id, `clear_output` drops what was there; `wait` needs no waiting here, as
 * only the last state is kept.
 */
export function collectOutputs(messages: readonly WireMessage[]): Output[] {
  const outputs: Output[] = [];
  const byDisplayId = new Map<string, number[]>();
  for (const { type, content } of messages) {
    switch (type) {
      case "stream":
        addStream(outputs, content);
        break;
      case "display_data":
      case "execute_result": {
        const id = displayId(content);
        const n = outputs.push(displayed(type, content));
        if (id !== undefined) byDisplayId.set(id, [...byDisplayId.get(id) ?? [], n - 1]);
        break;
      }
      case "update_display_data":
        for (const i of byDisplayId.get(displayId(content) ?? "") ?? []) {
          const old = outputs[i]!;
          if (old.output_type === "display_data" || old.output_type === "execute_result") {
            const { data, metadata } = displayed("display_data", content);
            outputs[i] = { ...old, data, metadata };
          }
        }
        break;
      case "clear_output":
        outputs.length = 0;
        byDisplayId.clear();
        break;
      case "error":
        outputs.push({
          output_type: "error",
          ename: String(content["ename"]),
          evalue: String(content["evalue"]),
          traceback: (content["traceback"] as unknown[] ?? []).map(String),
        });
        break;
    }
  }
  return outputs;
}

function addStream(outputs: Output[], content: WireMessage["content"]): void {
  const name = content["name"] === "stderr" ? "stderr" : "stdout";
  const text = String(content["text"]);
  const last = outputs.at(-1);
  if (last?.output_type === "stream" && last.name === name) {
    outputs[outputs.length - 1] = { ...last, text: last.text + text };
  } else {
    outputs.push({ output_type: "stream", name, text });
  }
}

function displayed(
  type: "display_data" | "execute_result",
  content: WireMessage["content"],
): Extract<Output, { data: unknown }> {
  const data = { ...content["data"] as Record<string, string> };
  const metadata = { ...content["metadata"] as Record<string, unknown> };
  return type === "display_data"
    ? { output_type: type, data, metadata }
    : { output_type: type, execution_count: Number(content["execution_count"]), data, metadata };
}

function displayId(content: WireMessage["content"]): string | undefined {
  const id = (content["transient"] as Record<string, unknown> | undefined)?.["display_id"];
  return typeof id === "string" ? id : undefined;
}
