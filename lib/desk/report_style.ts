/** Style of the review report: no font and no file of its own, in light, in dark and on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1e23; --muted: #5b6270; --ground: #ffffff; --line: #d5d9e0;
  --panel: #f4f5f7; --warn: #a33b00; --good: #1d6b3a; --accent: #1f5fa8 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7e9ee; --muted: #a5acba; --ground: #15181d; --line: #39404b; --panel: #1d2128;
    --warn: #ff9c66; --good: #6fce92; --accent: #86b7f2 }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1100px; padding: 24px; font: 15px/1.5 Inter, system-ui, sans-serif;
  color: var(--ink); background: var(--ground); overflow-wrap: anywhere }
h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 20px; margin: 40px 0 4px; padding-top: 12px;
  border-top: 1px solid var(--line) } h3 { font-size: 16px; margin: 20px 0 6px }
a { color: var(--accent) } .muted { color: var(--muted) } .warn { color: var(--warn) }
.good { color: var(--good) }
table { border-collapse: collapse; width: 100%; font-size: 14px; margin: 8px 0 }
th, td { text-align: left; vertical-align: top; padding: 5px 10px 5px 0;
  border-bottom: 1px solid var(--line) }
th { color: var(--muted); font-weight: 600 }
.number { font-variant-numeric: tabular-nums; text-align: right; padding-right: 24px }
.decisions { table-layout: fixed } .decisions th:nth-child(1) { width: 36% }
.decisions th:nth-child(2) { width: 19% } .decisions th:nth-child(3) { width: 11% }
.decisions th:nth-child(4) { width: 14% }
ul { padding-left: 20px; font-size: 14px } .comment { white-space: pre-wrap }
figure { margin: 16px 0; padding: 12px; background: #ffffff; border: 1px solid var(--line);
  border-radius: 6px; break-inside: avoid } figure img { display: block; max-width: 100%; height: auto;
  margin: auto }
@media print {
  :root { color-scheme: light; --ink: #000000; --muted: #444444; --ground: #ffffff; --line: #bbbbbb;
    --panel: #ffffff; --warn: #7a2c00; --good: #14502b; --accent: #000000 }
  body { max-width: none; padding: 0; font-size: 11pt } tr { break-inside: avoid }
  thead { display: table-header-group } h2, h3 { break-after: avoid }
}
`;
