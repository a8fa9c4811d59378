import { check } from "lib/command/check.ts";
import { classify } from "lib/command/classify.ts";
import { ingest } from "lib/command/ingest.ts";
import { lab } from "lib/command/lab.ts";
import { review } from "lib/command/review.ts";
import { start } from "lib/command/start.ts";
import { adviceOn } from "lib/notebook/advice.ts";

const USAGE = `usage:
  deno task start [--source simulated|DIR|live] [--out DIR] [--only 01,02] [--fresh]
                  [--classifier lexical|llm] [--answers DIR] [--labels FILE.parquet]
  deno task classify --markets FILE.parquet --out DIR [--classifier lexical|llm]
                  [--model NAME] [--budget USD] [--budget-tokens N] [--yes] [--replay]
                  [--agreement N] [--answers DIR] [--also sides,exposures]
  deno task review [--out DIR] [--port N] [--no-open] [--report FILE]
  deno task ingest [--venue polymarket|kalshi|benchmarks|all] [--since DAY] [--until DAY] [--out DIR]
                  [--share S] [--max-requests N] [--plan] [--replay] [--hosts FILE] [--stooq DIR]
  deno task lab
  deno task check`;

const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  start,
  classify,
  review,
  ingest,
  lab,
  check,
};

async function main([command, ...args]: string[]): Promise<void> {
  if (command === "help" || [command, ...args].includes("--help")) return console.log(USAGE);
  const run = command === undefined || !Object.hasOwn(COMMANDS, command)
    ? undefined
    : COMMANDS[command];
  if (run === undefined) {
    throw new RangeError(
      `Cannot run Basketry as the command must be ${Object.keys(COMMANDS).join(", ")}: got ${
        command === undefined ? "none" : `"${command}"`
      }\n${USAGE}`,
    );
  }
  await run(args);
}

try {
  await main(Deno.args);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const isUsage = error instanceof TypeError && "code" in error;
  const advice = message.includes("What to do:") ? "" : adviceOn(message, "");
  console.error(
    [`\n${message}`, advice && `  What to do: ${advice}`, isUsage && USAGE].filter(Boolean).join(
      "\n",
    ),
  );
  Deno.exit(1);
}
