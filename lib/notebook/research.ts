import { FIGURE_MIME } from "./html_page.ts";
import { type Cell, hasTag, type Notebook, type Output } from "./ipynb.ts";
import { markdownLiteral } from "../core/markdown_literal.ts";

/** A notebook after its run. */
export interface ExecutedNotebook {
  readonly name: string;
  readonly notebook: Notebook;
}

/**
 * The text of RESEARCH.md: what the cells tagged `research` say and show, in the order of the
 * notebooks.
 *
 * A markdown cell is taken as it stands. Of a code cell, figures become pictures by their name,
 * and markdown outputs their text; everything else is left out.
 *
 * @param options.sourceLabel Where the data come from, in words.
 * @param options.asOf ISO date of the latest knowledge in them.
 * @param options.chartsPath Folder of the pictures as seen from the document.
 */
export function researchText(
  notebooks: readonly ExecutedNotebook[],
  { sourceLabel, asOf, chartsPath }: { sourceLabel: string; asOf: string; chartsPath: string },
): string {
  const head = [
    "# Research",
    `> **Data: ${markdownLiteral(sourceLabel)}. As of ${markdownLiteral(asOf)}.**`,
    "This page is written by the run (`deno task start`), not by hand: every number and picture " +
    "on it comes from a notebook. Charts name the checkpoint that they were drawn from in their " +
    "footers, findings the checkpoint or file that their numbers stand in.",
    notebooks.map(({ name }) => `- \`${name}\``).join("\n"),
  ];
  const sections = notebooks.flatMap(({ notebook }) =>
    notebook.cells.filter((cell) => hasTag(cell, "research")).flatMap((cell) =>
      partsOf(cell, chartsPath)
    )
  );
  const parts = [...head, ...sections].map((part) => part.trim()).filter((part) => part !== "");
  return `${parts.join("\n\n")}\n`;
}

function partsOf(cell: Cell, chartsPath: string): string[] {
  if (cell.cell_type === "markdown") return [cell.source];
  if (cell.cell_type === "raw") return [];
  return cell.outputs.flatMap((output) => partOf(output, chartsPath));
}

function partOf(output: Output, chartsPath: string): string[] {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
  const figure = output.data[FIGURE_MIME] as Record<string, unknown> | undefined;
  if (figure) {
    const { name, title, alt } = figure;
    if (typeof name !== "string" || !/^[\w.-]+$/.test(name)) {
      throw new TypeError(
        `Cannot put a figure into RESEARCH.md as its name must be letters, digits, _ . or -: got ${
          JSON.stringify(name)
        }`,
      );
    }
    return [`![${markdownLiteral(String(alt ?? title ?? name))}](${chartsPath}/${name}.svg)`];
  }
  const markdown = output.data["text/markdown"];
  return typeof markdown === "string" ? [markdown] : [];
}
