import { z } from "zod";

/** A text that nbformat may store in one piece or as its lines. */
const text = z.union([z.string(), z.array(z.string())]).transform((stored) =>
  typeof stored === "string" ? stored : stored.join("")
);
const metadata = z.record(z.string(), z.unknown());
const mimeBundle = z.record(z.string(), z.unknown()).transform((bundle) =>
  Object.fromEntries(
    Object.entries(bundle).map(([mime, data]) => [mime, isJson(mime) ? data : text.parse(data)]),
  )
);
const output = z.discriminatedUnion("output_type", [
  z.object({
    output_type: z.literal("stream"),
    name: z.enum(["stdout", "stderr"]),
    text,
  }),
  z.object({ output_type: z.literal("display_data"), data: mimeBundle, metadata }),
  z.object({
    output_type: z.literal("execute_result"),
    execution_count: z.int().nullable(),
    data: mimeBundle,
    metadata,
  }),
  z.object({
    output_type: z.literal("error"),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);
const id = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, - or _");
const cell = z.discriminatedUnion("cell_type", [
  z.object({
    cell_type: z.literal("code"),
    id,
    metadata,
    source: text,
    execution_count: z.int().nullable(),
    outputs: z.array(output),
  }),
  z.object({
    cell_type: z.literal("markdown"),
    id,
    metadata,
    source: text,
    attachments: metadata.optional(),
  }),
  z.object({
    cell_type: z.literal("raw"),
    id,
    metadata,
    source: text,
    attachments: metadata.optional(),
  }),
]);
const notebook = z.object({
  cells: z.array(cell),
  metadata,
  nbformat: z.literal(4),
  nbformat_minor: z.int().min(5),
});

/** What a cell showed; field names are nbformat's, texts are whole. */
export type Output = z.infer<typeof output>;
/** A cell of any kind; field names are nbformat's. */
export type Cell = z.infer<typeof cell>;
/** A cell that is executed. */
export type CodeCell = Extract<Cell, { cell_type: "code" }>;
/** A notebook in nbformat 4.5 or a later 4.x. */
export type Notebook = z.infer<typeof notebook>;

/**
 * Reads a notebook.
 *
 * @param json Content of an `.ipynb` file.
 * @param name Name for the message.
 * @throws {SyntaxError} If it is not a notebook in nbformat 4.5 or a later 4.x with unique cell ids.
 */
export function parseNotebook(json: string, name: string): Notebook {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new SyntaxError(
      `Cannot read notebook "${name}" as it must be JSON: got ${(cause as Error).message}`,
      { cause },
    );
  }
  const parsed = notebook.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new SyntaxError(
      `Cannot read notebook "${name}" as it must be nbformat 4.5: got ${issue.message} (${
        issue.path.join(".") || "top level"
      })`,
    );
  }
  const ids = new Set<string>();
  for (const { id } of parsed.data.cells) {
    if (ids.has(id)) {
      throw new SyntaxError(
        `Cannot read notebook "${name}" as its cell ids must be unique: got "${id}" twice`,
      );
    }
    ids.add(id);
  }
  return parsed.data;
}

/**
 * The text of an `.ipynb` file, the same for equal notebooks: keys sorted, texts as lines, indented
 * by one space, a newline at the end, as Jupyter itself writes.
 */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: lines(cell.source),
    ...cell.cell_type === "code" && { outputs: cell.outputs.map(storedOutput) },
  }));
  return `${JSON.stringify(sorted({ ...notebook, cells }), null, 1)}\n`;
}

/** A notebook without what a run left in it. */
export function withoutOutputs(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell
    ),
  };
}

/** Whether a cell carries `tag` in its metadata. */
export function hasTag(cell: Cell, tag: string): boolean {
  const { tags } = cell.metadata;
  return Array.isArray(tags) && tags.includes(tag);
}

function storedOutput(output: Output): unknown {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  if (output.output_type === "error") return output;
  const data = Object.entries(output.data).map(([mime, value]) => [
    mime,
    typeof value === "string" && /^text\/|\+xml$/.test(mime) ? lines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

/** Lines with their newline, as nbformat stores a text. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function isJson(mime: string): boolean {
  return mime === "application/json" || mime.endsWith("+json");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value).sort().map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
  );
}
