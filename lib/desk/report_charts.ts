import { Buffer } from "node:buffer";
import { chartBytes } from "./chart_files.ts";
import { type Markup, markup } from "./markup.ts";

/**
 * Charts as pictures within the page. A chart holds text of others; as the content of an image none of it
 * can run or ask for anything, whatever it says.
 *
 * @param names Charts; those that the run did not leave are missing.
 */
export async function reportCharts(out: string, names: readonly string[]): Promise<Markup[]> {
  const found = await Promise.all(names.map(async (name) => {
    const bytes = await chartBytes(out, name, "svg");
    if (bytes === null) return [];
    const title = titleOf(new TextDecoder().decode(bytes)) ?? name.replaceAll("_", " ");
    const data = Buffer.from(bytes).toString("base64");
    return [markup`<figure><img src="data:image/svg+xml;base64,${data}" alt="${title}"></figure>
`];
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
