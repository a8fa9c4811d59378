import { useState } from "preact/hooks";
import { safeText } from "../../charts/text_lines.ts";
import type { DendrogramView } from "../../desk/dendrogram_view.ts";
import type { DeskClient } from "../desk_props.ts";
import { type PriceSeries, usePrices } from "./dendrogram_prices.ts";
import { centsText, sparkline } from "./dendrogram_sparkline.ts";

const LINE = { width: 132, height: 30 };
const PAGE = 100;
/** Days shown where a run does not say what it clustered. */
const USUAL_DAYS = 180;

/** Members of an open cluster with the price of the side that is held. Give it a key per cluster. */
export function ClusterMembers({ client, view, leaves, colour }: {
  client: DeskClient;
  view: DendrogramView;
  leaves: readonly number[];
  colour: string;
}) {
  const [nShown, setShown] = useState(PAGE);
  const shown = leaves.slice(0, nShown);
  const { version } = view;
  const { prices, error } = usePrices(client, shown.map((leaf) => view.marketIds[leaf]!), {
    version,
  });
  const { window } = view;
  const days = window === null ? null : window.to - window.from + 1;
  return (
    <section class="stack" aria-label="Members of the cluster">
      <p class="muted dendrogram-small">
        Prices of the held side in cents, {days === null
          ? `the last ${USUAL_DAYS} days`
          : `the last ${2 * days} days; shaded: the ${days} days that were clustered`}.
      </p>
      {error !== null && <p role="alert">{error}</p>}
      <div class="dendrogram-scroll" role="region" aria-label="Members and prices" tabIndex={0}>
        <table class="dendrogram-members">
          <thead>
            <tr>
              <th scope="col">Contract</th>
              <th scope="col">Price</th>
              <th scope="col" class="number">First</th>
              <th scope="col" class="number">Last</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((leaf) => (
              <Member
                key={leaf}
                {...{ view, leaf, colour }}
                series={prices.get(view.marketIds[leaf]!)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {nShown < leaves.length && (
        <button
          type="button"
          class="button"
          onClick={() => setShown(nShown + PAGE)}
        >
          {leaves.length - nShown <= PAGE
            ? `Show the other ${leaves.length - nShown}`
            : `Show ${PAGE} more of ${(leaves.length - nShown).toLocaleString("en")}`}
        </button>
      )}
    </section>
  );
}

/** @param series Undefined until it is here, `null` where there are no prices. */
function Member({ view, leaf, colour, series }: {
  view: DendrogramView;
  leaf: number;
  colour: string;
  series: PriceSeries | null | undefined;
}) {
  const title = safeText(view.titles[leaf]!).trim() || view.marketIds[leaf]!;
  const { window } = view;
  const to = window?.to ?? series?.days.at(-1) ?? 0;
  const from = window === null ? to - USUAL_DAYS + 1 : 2 * window.from - window.to - 1;
  const line = series && sparkline({ ...series, side: view.sides[leaf]! }, { from, to, ...LINE });
  const isDrawn = line != null && line.path !== "";
  const shade = window === null ? null : LINE.width * (window.from - from) / Math.max(to - from, 1);
  return (
    <tr>
      <td>
        <bdi class="dendrogram-title" title={title}>{title}</bdi>
      </td>
      <td>
        <svg
          {...LINE}
          class="dendrogram-spark"
          role="img"
          aria-label={isDrawn
            ? `Price from ${centsText(line!.first)} to ${centsText(line!.last)}`
            : "No prices"}
        >
          {shade !== null && (
            <rect
              x={shade}
              y={0}
              width={LINE.width - shade}
              height={LINE.height}
              fill="var(--chosen)"
            />
          )}
          {line && <path d={line.path} fill="none" stroke={colour} stroke-width="1.5" />}
        </svg>
      </td>
      <td class="number">
        {isDrawn ? centsText(line!.first) : series === undefined ? "…" : "none"}
      </td>
      <td class="number">{isDrawn ? centsText(line!.last) : ""}</td>
    </tr>
  );
}
