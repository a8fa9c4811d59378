/** The charts of the last run, each to be opened and saved as SVG or PNG. */
export function ChartGallery({ charts, token }: { charts: readonly string[]; token: string }) {
  const address = (name: string, form: string) =>
    `/charts/${encodeURIComponent(name)}.${form}?token=${encodeURIComponent(token)}`;
  return (
    <section class="panel stack" aria-labelledby="overview-charts">
      <h2 id="overview-charts">
        {charts.length === 0
          ? "The run left no charts"
          : `${charts.length} ${charts.length === 1 ? "chart" : "charts"} of the run`}
      </h2>
      <ul class="gallery">
        {charts.map((name) => (
          <li key={name} class="card gallery-item">
            <a href={address(name, "svg")} target="_blank" rel="noopener" class="gallery-picture">
              <img src={address(name, "svg")} alt={`Chart: ${wordsOf(name)}`} loading="lazy" />
            </a>
            <div class="row">
              <span class="gallery-name">{wordsOf(name)}</span>
              {["svg", "png"].map((form) => (
                <a
                  key={form}
                  class="button button-small"
                  href={`${address(name, form)}&save=1`}
                  download={`${name}.${form}`}
                >
                  {form.toUpperCase()}
                  <span class="visually-hidden">: save {wordsOf(name)}</span>
                </a>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `cluster_dendrogram_0` as words. */
function wordsOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
