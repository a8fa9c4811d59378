/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import * as Plot from "@observablehq/plot";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { savePicture } from "./save_picture.ts";

const SVG = "http://www.w3.org/2000/svg";

/**
 * A chart of Observable Plot with buttons that save it as a picture which stands alone.
 *
 * It is drawn anew when `options` is another object, so a desk makes them with `useMemo`. Plot brings its
 * rules in a `<style>` element, which the page's security policy forbids; desk.css has them instead.
 *
 * @param options Plot's options, made for `isDark`; colours of the palette's dark hues become those for
 *   white paper in the saved picture.
 * @param title The finding. @param description What it shows, for a reader who cannot see it.
 * @param name File name of the saved picture, without extension.
 */
export function PlotFigure({ options, title, description, name, isDark }: {
  options: Plot.PlotOptions;
  title: string;
  description: string;
  name: string;
  isDark: boolean;
}) {
  const holder = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const id = useId();

  useLayoutEffect(() => {
    const drawn = Plot.plot({ ...options, className: "plot", title: undefined });
    for (const style of [...drawn.querySelectorAll("style")]) style.remove();
    // Plot names its groups of marks, which are no parts of a picture that has a name itself
    for (const group of drawn.querySelectorAll("[aria-label]")) group.removeAttribute("aria-label");
    holder.current!.replaceChildren(drawn);
  }, [options, isDark]);
  useLayoutEffect(() => nameChart(chartOf(holder.current!), { title, description, id }), [
    ...[options, title, description, isDark],
  ]);

  const save = (form: "svg" | "png") => {
    setFailure(null);
    savePicture(chartOf(holder.current!), { name, title, form }).catch((error: unknown) =>
      setFailure(error instanceof Error ? error.message : String(error))
    );
  };

  return (
    <figure class="plot-figure">
      <div ref={holder} class="plot-holder" />
      <figcaption class="row plot-figure-tools">
        <span aria-hidden="true">Save</span>
        <button type="button" class="button button-small" onClick={() => save("svg")}>
          SVG<span class="visually-hidden">: save “{title}”</span>
        </button>
        <button type="button" class="button button-small" onClick={() => save("png")}>
          PNG<span class="visually-hidden">: save “{title}”</span>
        </button>
        {failure !== null && <span role="alert">{failure}</span>}
      </figcaption>
    </figure>
  );
}

/** The picture itself: Plot wraps it with its legends where there are any. */
function chartOf(drawn: Element): SVGSVGElement {
  const svg = drawn.querySelector<SVGSVGElement>("svg.plot");
  if (svg === null) throw new Error("Cannot save a chart as it must be drawn: got none");
  return svg;
}

function nameChart(
  svg: SVGSVGElement,
  { title, description, id }: { title: string; description: string; id: string },
): void {
  const [titleElement, descElement] = ["title", "desc"].map((name) =>
    svg.querySelector(`:scope > ${name}`) ?? document.createElementNS(SVG, name)
  ) as [Element, Element];
  titleElement.textContent = title;
  descElement.textContent = description;
  descElement.id = `${id}-desc`;
  if (!titleElement.isConnected) svg.prepend(titleElement, descElement);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", title);
  svg.setAttribute("aria-describedby", descElement.id);
}
