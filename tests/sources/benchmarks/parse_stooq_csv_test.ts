import assert from "node:assert/strict";
import { parseStooqCsv } from "lib/sources/benchmarks/parse_stooq_csv.ts";

const USE = { kind: "price", provider: 2 } as const;

Deno.test("parseStooqCsv() reads closes with and without volumes", () => {
  const expected = {
    kind: "bars",
    subject: "^GSPC",
    fromMs: Date.parse("2026-01-02"),
    toMs: Date.parse("2026-01-06"),
    provider: 2,
    bars: [
      { day: 20455, close: 6900.5, adjusted: null },
      { day: 20458, close: 6910, adjusted: null },
    ],
  };
  const rows = ["2026-01-02,1,2,0.5,6900.5", "2026-01-05,1,2,0.5,6910"];
  const narrow = ["Date,Open,High,Low,Close", ...rows];
  const wide = ["Date,Open,High,Low,Close,Volume", ...rows.map((row) => `${row},1000`)];
  assert.deepEqual(parseStooqCsv(narrow.join("\n"), "^GSPC", USE), expected);
  assert.deepEqual(parseStooqCsv(wide.join("\r\n") + "\r\n", "^GSPC", USE), expected);
});

Deno.test("parseStooqCsv() names what came instead of a file", () => {
  for (
    const text of ["No data", "Exceeded the daily hits limit", "<!DOCTYPE html>", "Date,Close"]
  ) {
    assert.throws(() => parseStooqCsv(text, "SPY", USE), {
      name: "SyntaxError",
      message:
        `Cannot read the Stooq file of SPY as its first line must be "Date,Open,High,Low,Close,Volume": got "${text}"`,
    });
  }
  assert.throws(() => parseStooqCsv("Date,Open,High,Low,Close\n", "SPY", USE), {
    message: 'Cannot read the Stooq file of SPY as it must have a line of data: got ""',
  });
});

Deno.test("parseStooqCsv() names a faulty line", () => {
  const good = "2026-01-05,1,2,0.5,3";
  for (const bad of ["2026-01-05,1,2,1,3", "2026-01-06,1,2,1,", "2026-01-06,1,2,1,0", "soon", ""]) {
    assert.throws(
      () => parseStooqCsv(`Date,Open,High,Low,Close\n${good}\n${bad}\n.`, "SPY", USE),
      {
        name: "SyntaxError",
        message:
          `Cannot read the Stooq file of SPY as line 3 must have a later date and a close: got "${bad}"`,
      },
    );
  }
});
