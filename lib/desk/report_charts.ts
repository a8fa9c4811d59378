import { Buffer } from "node:buffer";
import { chartBytes } from "./chart_files.ts";
import { type Markup, markup } from "./markup.ts";

/** A PNG above this is taken only where the SVG is larger still, so that a report can be sent. */
const MOST_PNG_BYTES = 1_000_000;

/**
 * Charts as pictures within the page: the run's PNG, as an SVG shows its text in whatever font there is.
 *
 * A chart holds text of others; as the content of an image none of it can run or ask for anything,
 * whatever it says.
 *
 * @param names Charts; those that the run did not leave are missing.
 */
export async function reportCharts(out: string, names: readonly string[]): Promise<Markup[]> {
  const found = await Promise.all(names.map(async (name) => {
    const [svg, png] = await Promise.all([
      chartBytes(out, name, "svg"),
      chartBytes(out, name, "png"),
    ]);
    if (svg === null) return [];
    const text = new TextDecoder().decode(svg);
    const title = titleOf(text) ?? name.replaceAll("_", " ");
    const isPng = png !== null && (png.length <= MOST_PNG_BYTES || png.length <= svg.length);
    const data = Buffer.from(isPng ? png : svg).toString("base64");
    return [
      markup`<figure><img src="data:image/${isPng ? "png" : "svg+xml"};base64,${data}"${
        sizeOf(text)
      } alt="${title}"></figure>
`,
    ];
  }));
  return found.flat();
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  amp: "&",
};

/** The title that a chart gives itself for those who cannot see it. */
function titleOf(svg: string): string | null {
  const title = svg.match(/<title[^>]*>([^<]*)<\/title>/)?.[1];
  return title?.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name]!) ?? null;
}

/** The size that a chart was drawn for; its PNG has more pixels. */
function sizeOf(svg: string): Markup | null {
  const [, width, height] = svg.match(/^<svg[^>]* width="(\d+)" height="(\d+)"/) ?? [];
  return width === undefined ? null : markup` width="${width}" height="${height!}"`;
}
