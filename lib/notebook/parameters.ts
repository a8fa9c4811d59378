import { type CodeCell, hasTag, type Notebook } from "./ipynb.ts";

/** What a run gives a notebook: names of its `params` and values that JSON can hold. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Tag of the cell with the defaults, and of the cell that a run puts after it, as papermill has it. */
const DEFAULTS_TAG = "parameters", INJECTED_TAG = "injected-parameters";

/**
 * A copy of a notebook in which the given parameters replace the defaults.
 *
 * The cell tagged `parameters` defines `const params = {…}`, with which a person runs the notebook
 * in JupyterLab. After it goes a cell tagged `injected-parameters`, in the place of one from an
 * earlier run. A name that `params` does not have, or a value of another type, is an error of the
 * type check.
 *
 * @param name Name of the notebook, for the message.
 * @throws {TypeError} If there are parameters, but not exactly one cell tagged `parameters`, or a
 * value that JSON would change.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Parameters,
  name: string,
): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED_TAG));
  if (Object.keys(parameters).length === 0) return { ...notebook, cells };
  const tagged = cells.flatMap((cell, i) =>
    cell.cell_type === "code" && hasTag(cell, DEFAULTS_TAG) ? [i] : []
  );
  if (tagged.length !== 1) {
    throw new TypeError(
      `Cannot give parameters to notebook "${name}" as one code cell must be tagged "${DEFAULTS_TAG}": got ${tagged.length}`,
    );
  }
  cells.splice(tagged[0]! + 1, 0, injectedCell(parameters));
  return { ...notebook, cells };
}

function injectedCell(parameters: Parameters): CodeCell {
  return {
    cell_type: "code",
    id: INJECTED_TAG,
    metadata: { tags: [INJECTED_TAG] },
    source: `void Object.assign(params, ${literal(parameters)} satisfies Partial<typeof params>);`,
    execution_count: null,
    outputs: [],
  };
}

/**
 * A value as TypeScript source, on one line: JSON with the two line separators escaped and with
 * `__proto__` as a computed key, without which it would be no property at all.
 */
function literal(value: unknown): string {
  const json = JSON.stringify(value, (key, inner) => {
    const isExact = inner === null || ["string", "boolean", "object"].includes(typeof inner) ||
      Number.isFinite(inner);
    if (!isExact) {
      throw new TypeError(
        `Cannot give parameter "${key}" to a notebook as JSON must be able to hold it: got ${
          String(inner)
        }`,
      );
    }
    return inner;
  });
  return json
    .replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")
    .replace(
      /"(?:[^"\\]|\\.)*"(:?)/g,
      (text, colon) => colon && text === '"__proto__":' ? '["__proto__"]:' : text,
    );
}
