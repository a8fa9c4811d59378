import { escapeHtml } from "./escape_html.ts";
import { PAGE_STYLE } from "./html_style.ts";
import { type CodeCell, hasTag, type Notebook, type Output } from "./ipynb.ts";
import { type Heading, markdownHtml } from "./markdown_html.ts";
import { stripAnsi } from "./outputs.ts";
import { preformatted, safeHtml } from "./safe_html.ts";

/** Mime type by which a figure gives its name, title and alternative text beside its picture. */
export const FIGURE_MIME = "application/vnd.basketry.figure+json";

/** Nothing is loaded and nothing runs: pictures and styles are in the page itself. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; " +
  "base-uri 'none'; form-action 'none'";

/**
 * An executed notebook as one HTML page that needs no network, no script and no other file.
 *
 * Code is folded away, charts stand on white in every colour scheme, the source of the data is
 * said at the top wherever one reads. Text from outputs is escaped or made safe.
 *
 * @param options.name Name of the notebook, the title where no heading gives one.
 * @param options.sourceLabel Where the data come from, in words.
 */
export function htmlPage(
  notebook: Notebook,
  { name, sourceLabel }: { name: string; sourceLabel: string },
): string {
  const headings: Heading[] = [];
  const body = notebook.cells.map((cell) => {
    if (cell.cell_type === "markdown") return markdownHtml(cell.source, headings);
    if (cell.cell_type === "raw" || cell.source.trim() === "") return "";
    return codeHtml(cell) +
      cell.outputs.map((output) => outputHtml(output, cell, headings)).join("");
  }).join("\n");
  const title = headings.find(({ level }) => level === 1)?.text ?? name;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header class="banner"><p>${escapeHtml(name)}</p><p class="source">${
    escapeHtml(sourceLabel)
  }</p></header>
<div class="layout">
${contents(headings)}
<main id="text">
${headings.some(({ level }) => level === 1) ? "" : `<h1>${escapeHtml(name)}</h1>`}
${body}
</main>
</div>
<footer>Executed copy of the notebook ${escapeHtml(name)} · data: ${
    escapeHtml(sourceLabel)
  } · written by the run, not by hand</footer>
</body>
</html>
`;
}

function contents(headings: readonly Heading[]): string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length === 0) return "<div></div>";
  const items = listed.map(({ level, text, id }) =>
    `<li${level === 3 ? ' class="deep"' : ""}><a href="#${escapeHtml(id)}">${
      escapeHtml(text)
    }</a></li>`
  );
  return `<nav class="contents" aria-labelledby="contents-of-page">
<h2 id="contents-of-page">Contents</h2>
<ol>
${items.join("\n")}
</ol>
</nav>`;
}

function codeHtml(cell: CodeCell): string {
  const words = hasTag(cell, "injected-parameters")
    ? "Parameters of this run"
    : `Code ${label(cell)}`;
  return `<details class="code"><summary>${words}</summary><pre><code>${
    escapeHtml(cell.source)
  }</code></pre></details>\n`;
}

function outputHtml(output: Output, cell: CodeCell, headings: Heading[]): string {
  if (output.output_type === "stream") {
    const text = preformatted(stripAnsi(output.text).trimEnd());
    return box(`output ${output.name}`, `Text printed by cell ${label(cell)}`, text);
  }
  if (output.output_type === "error") {
    const { ename, evalue, traceback } = output;
    return box(
      "output error",
      `Error of cell ${label(cell)}`,
      `<strong>${escapeHtml(`${ename}: ${stripAnsi(evalue)}`)}</strong>${
        preformatted(stripAnsi(traceback.slice(1).join("\n")))
      }`,
    );
  }
  const { data } = output;
  const html = textOf(data["text/html"]);
  if (html !== undefined) {
    const safe = safeHtml(html);
    return data[FIGURE_MIME] === undefined
      ? box("output", `Output of cell ${label(cell)}`, safe)
      : `<figure class="chart">${safe}</figure>\n`;
  }
  const svg = textOf(data["image/svg+xml"]);
  const pictures = {
    "image/svg+xml": svg && new TextEncoder().encode(svg).toBase64(),
    "image/png": textOf(data["image/png"])?.replace(/\s/g, ""),
    "image/jpeg": textOf(data["image/jpeg"])?.replace(/\s/g, ""),
  };
  for (const [mime, base64] of Object.entries(pictures)) {
    if (base64 !== undefined && /^[\w+\/=]*$/.test(base64)) {
      const alt = escapeHtml(altText(data[FIGURE_MIME]) ?? `Picture made by cell ${label(cell)}`);
      return `<figure class="chart"><img src="data:${mime};base64,${base64}" alt="${alt}"></figure>\n`;
    }
  }
  const markdown = textOf(data["text/markdown"]);
  if (markdown !== undefined) {
    return `<div class="prose">${markdownHtml(markdown, headings)}</div>\n`;
  }
  const text = textOf(data["text/plain"]) ?? JSON.stringify(data, null, 1);
  return box("output", `Output of cell ${label(cell)}`, preformatted(stripAnsi(text)));
}

/** A box that scrolls sideways must be reachable by keyboard and have a name. */
function box(classes: string, name: string, inner: string): string {
  return `<div class="${classes}" role="region" aria-label="${
    escapeHtml(name)
  }" tabindex="0">${inner}</div>\n`;
}

function label(cell: CodeCell): string {
  return `[${cell.execution_count ?? " "}]`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function altText(figure: unknown): string | undefined {
  const alt = (figure as { alt?: unknown } | undefined)?.alt;
  return typeof alt === "string" ? alt : undefined;
}
