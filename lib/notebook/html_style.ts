/** Style sheet of the page of an executed notebook: screen, dark screen, paper. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1b1e23; --paper: #ffffff; --soft: #f5f6f8; --line: #d9dde3; --muted: #5b6470;
  --link: #0b57a4; --warn-ink: #7a3b00; --warn-paper: #fff4e5; --bad-ink: #8f1d1d; --bad-paper: #fdeeee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e4e7eb; --paper: #15181d; --soft: #1e2228; --line: #363c45; --muted: #a0a9b5;
    --link: #86bbf2; --warn-ink: #ffd08a; --warn-paper: #33270f; --bad-ink: #ffb0b0; --bad-paper: #3a1b1b;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 Inter, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
}
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 2; background: var(--paper); padding: 0.5rem 1rem; }
.banner {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem;
  align-items: baseline; justify-content: space-between; padding: 0.45rem 1.5rem;
  background: var(--paper); border-bottom: 1px solid var(--line); font-size: 0.875rem;
}
.banner p { margin: 0; color: var(--muted); }
.banner .source {
  color: var(--warn-ink); background: var(--warn-paper); padding: 0.05rem 0.7rem;
  border-radius: 1rem; font-weight: 600;
}
.layout { max-width: 82rem; margin: 0 auto; padding: 0 1.5rem 4rem; }
main { max-width: 56rem; margin: 0 auto; }
nav.contents { font-size: 0.875rem; line-height: 1.4; padding-top: 1.5rem; }
nav.contents h2 { margin: 0 0 0.5rem; font-size: 0.8125rem; color: var(--muted); }
nav.contents ol { list-style: none; margin: 0; padding: 0; }
nav.contents li { margin: 0.3rem 0; }
nav.contents li.deep { padding-left: 1rem; }
nav.contents a { color: var(--muted); text-decoration: none; }
nav.contents a:hover { color: var(--link); text-decoration: underline; }
@media (min-width: 78rem) {
  .layout { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 3rem; }
  nav.contents { position: sticky; top: 3rem; align-self: start; max-height: calc(100vh - 4rem); overflow: auto; }
  main { margin: 0; }
}
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; margin: 2.2em 0 0.6em; }
h1 { font-size: 2rem; letter-spacing: -0.015em; margin-top: 1.2em; }
h2 { font-size: 1.4rem; }
h3 { font-size: 1.15rem; }
p, ul, ol { margin: 0.8em 0; max-width: 44rem; }
blockquote { margin: 1em 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--muted); }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 0.84em; }
:not(pre) > code { background: var(--soft); padding: 0.1em 0.3em; border-radius: 0.2em; }
pre { margin: 0; padding: 0.8rem 1rem; overflow-x: auto; background: var(--soft); border-radius: 0.3rem; line-height: 1.5; tab-size: 2; }
pre code { font-size: inherit; }
details.code { margin: 1.2rem 0 0.4rem; font-size: 0.9375rem; }
details.code summary { cursor: pointer; color: var(--muted); font-size: 0.8125rem; width: fit-content; }
details.code[open] summary { margin-bottom: 0.4rem; }
.output { margin: 0.6rem 0 1.4rem; overflow-x: auto; }
.output > pre { background: none; border-left: 3px solid var(--line); border-radius: 0; padding: 0.2rem 1rem; }
.output.stderr > pre { border-color: var(--warn-ink); color: var(--warn-ink); }
.output.error { background: var(--bad-paper); color: var(--bad-ink); padding: 0.8rem 1rem; border-radius: 0.3rem; }
.output.error > pre { border: 0; padding: 0.5rem 0 0; }
figure.chart {
  margin: 1rem 0 1.6rem; padding: 0.8rem; background: #ffffff; color: #1b1e23; color-scheme: light;
  border: 1px solid var(--line); border-radius: 0.4rem; overflow-x: auto;
}
figure.chart svg, figure.chart img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
table { border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 0.4rem; }
th, td { padding: 0.3rem 0.8rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { border-bottom: 2px solid var(--line); color: var(--muted); font-weight: 600; white-space: nowrap; }
footer { max-width: 82rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; color: var(--muted); font-size: 0.875rem; border-top: 1px solid var(--line); }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #f5f6f8; --line: #bbb; --muted: #444; --link: #000; }
  body { font-size: 10pt; }
  nav.contents, details.code, .skip { display: none; }
  .banner { position: static; padding-inline: 0; }
  .layout { display: block; padding: 0; }
  figure.chart, .output, tr { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
}
`;
