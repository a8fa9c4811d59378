import { stringColumn, type Table, table } from "../core/table.ts";
import type { AskOptions, AskResult, Unanswered } from "../classify/ask_all.ts";
import { chatClient } from "../classify/chat_client.ts";
import { missingKeyNotice, readLlmSettings } from "../classify/llm_settings.ts";
import { realPace } from "../classify/pace.ts";
import { parsePriceList, priceOf } from "../classify/price_list.ts";
import type { Spent } from "../classify/budget.ts";
import { countOf } from "../core/number_text.ts";
import { answerFiles } from "../store/answer_store.ts";
import { inProject } from "../store/project_root.ts";
import { readYaml } from "../store/yaml.ts";

/** Dollars that a command may spend where it names no limit. */
const DEFAULT_BUDGET_USD = 1;
const TIMEOUT_MS = 60_000;

/** How a person wants a model asked. */
export interface AskingChoice {
  readonly model: string | undefined;
  readonly limit: { readonly usd: number | null; readonly tokens: number | null };
  /** Whether the estimate needs no confirmation any more. */
  readonly isConfirmed: boolean;
  /** Whether only kept answers are read. */
  readonly isReplay: boolean;
  /** Folder of the kept answers. */
  readonly answers: string;
}

/** One command's questions to a model, of several kinds, under one budget. */
export interface Asking {
  /** What is left to spend is what the next kind of question may spend. */
  options(): AskOptions;
  /** Takes the cost and the failures of a finished kind of question into account, and tells of them. */
  done(what: string, result: Omit<AskResult<unknown>, "answers">): void;
  /** Questions without an answer so far: event, contract or ticker, wording, reason. */
  unanswered(): Table;
  /** Why there are no answers: why the run stopped, else the first question's reason. */
  reason(): string;
  /** A line about the cost; `null` where nothing was spent. */
  cost(): string | null;
}

/**
 * Makes ready to ask the model that the environment and the command name.
 *
 * @param say Where a person reads along.
 * @throws {Error} If OpenAI is to be asked and no key is set, or a price is needed and not known.
 */
export async function startAsking(
  { model, limit, isConfirmed, isReplay, answers }: AskingChoice,
  say: (text: string) => void,
): Promise<Asking> {
  const settings = readLlmSettings(
    (name) => Deno.env.get(name),
    model === undefined ? {} : { model },
  );
  const store = answerFiles(answers);
  const failed: Unanswered[] = [];
  const price = priceOf(parsePriceList(await readYaml(inProject("config/models.yaml"))), settings);
  const isUnlimited = limit.usd === null && limit.tokens === null;
  if (!isReplay) {
    const notice = missingKeyNotice(settings);
    if (notice !== null) {
      throw new Error(
        `Cannot ask ${settings.model} as a key must be set: got none\n  What to do: ${notice}`,
      );
    }
    if (isUnlimited && price === null) {
      throw new Error(
        `Cannot ask ${settings.model} at ${settings.host} as its price is not known and a budget must be set: got none\n` +
          "  What to do: set --budget-tokens N, or add the price to config/models.yaml and set --budget USD.",
      );
    }
  }
  const client = isReplay ? null : chatClient(settings, { timeoutMs: TIMEOUT_MS, nowMs: Date.now });
  let left = isUnlimited ? { usd: DEFAULT_BUDGET_USD, tokens: null } : limit;
  let usd = 0, nTokens = 0;
  let stop: string | null = null;
  return {
    options: () => ({
      settings,
      store,
      live: client && {
        ...{ client, price, limit: left, pace: realPace() },
        confirm: ({ text }) => {
          say(`Estimate: ${text}\n`);
          if (isConfirmed) return Promise.resolve(true);
          if (!Deno.stdin.isTerminal()) say("          nobody can confirm it here: --yes does\n");
          return Promise.resolve(Deno.stdin.isTerminal() && confirm("Ask?"));
        },
        progress: (nDone, nAsked) => {
          if (nDone % 100 === 0 || nDone === nAsked) say(`          ${nDone} of ${nAsked} asked\n`);
        },
      },
    }),
    done(what, { failed: own, damaged, nCached, spent, stopped }) {
      failed.push(...own);
      const tokens = tokensOf(spent);
      usd += Number.isNaN(spent.usd) ? 0 : spent.usd;
      nTokens += tokens;
      left = {
        usd: left.usd === null ? null : Math.max(left.usd - spent.usd, Number.MIN_VALUE),
        tokens: left.tokens === null ? null : Math.max(left.tokens - tokens, Number.MIN_VALUE),
      };
      say(
        `${what.padEnd(9)} ${nCached} answers kept before, ${
          countOf(own.length, "question")
        } unanswered\n`,
      );
      if (damaged.length > 0) say(`          ${countOf(damaged.length, "kept answer")} damaged\n`);
      stop ??= stopped;
      if (stopped !== null) say(`Stopped:  ${stopped}\n`);
    },
    unanswered: () =>
      table({
        id: stringColumn(failed.map(({ id }) => id)),
        phrasing: stringColumn(failed.map(({ phrasing }) => phrasing)),
        reason: stringColumn(failed.map(({ reason }) => reason)),
      }),
    reason: () => stop ?? failed[0]?.reason ?? "nothing was asked",
    cost: () =>
      nTokens === 0
        ? null
        : `${countOf(nTokens, "token")}${price === null ? "" : `, about $${usd.toFixed(4)}`}`,
  };
}

function tokensOf({ use, unreported }: Spent): number {
  return use.inputTokens + use.outputTokens + unreported.inputTokens + unreported.outputTokens;
}
