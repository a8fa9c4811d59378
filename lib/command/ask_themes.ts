import { parseSettings } from "../core/settings.ts";
import { countOf } from "../core/number_text.ts";
import { stringColumn, type Table, table } from "../core/table.ts";
import type { AskOptions, Unanswered } from "../classify/ask_all.ts";
import { chatClient } from "../classify/chat_client.ts";
import type { Classification, EventText } from "../classify/event_text.ts";
import { themeQuestion } from "../classify/kept_answers.ts";
import { classifierAgreement, classifyByLlm } from "../classify/llm_classifier.ts";
import { missingKeyNotice, readLlmSettings } from "../classify/llm_settings.ts";
import { realPace } from "../classify/pace.ts";
import { PHRASINGS } from "../classify/phrasings.ts";
import { parsePriceList, priceOf } from "../classify/price_list.ts";
import { answerFiles } from "../store/answer_store.ts";
import { inProject } from "../store/project_root.ts";
import { readYaml } from "../store/yaml.ts";
import type { ThemeList } from "../taxonomy/themes.ts";

/** Dollars that a run may spend where the command names no limit. */
const DEFAULT_BUDGET_USD = 1;
const TIMEOUT_MS = 60_000;

/** How a person wants a model asked. */
export interface AskThemesOptions {
  readonly model: string | undefined;
  readonly limit: AskLimit;
  /** Whether the estimate needs no confirmation any more. */
  readonly isConfirmed: boolean;
  /** Whether only kept answers are read. */
  readonly isReplay: boolean;
  /** Events that are put in all three wordings; `null` for none. */
  readonly nAgreement: number | null;
  /** Folder of the kept answers. */
  readonly answers: string;
}

interface AskLimit {
  readonly usd: number | null;
  readonly tokens: number | null;
}

/**
 * Themes of events by a language model: estimate, confirmation, questions, what it cost.
 *
 * @param say Where a person reads along.
 * @throws {Error} If OpenAI is to be asked and no key is set.
 */
export async function askThemes(
  events: readonly EventText[],
  themes: ThemeList,
  options: AskThemesOptions,
  say: (text: string) => void,
): Promise<{ classifications: readonly Classification[]; unanswered: Table }> {
  const { classification: set } = parseSettings(await readYaml(inProject("config/settings.yaml")));
  const asking = await askOptions(options, say);
  const question = themeQuestion(set);
  const found = await classifyByLlm(events, themes, question, asking);
  say(
    `Answered: ${countOf(found.classifications.length, "event")}, ${found.nCached} of them kept\n`,
  );
  if (found.stopped !== null) say(`Stopped:  ${found.stopped}\n`);
  if (found.damaged.length > 0) {
    say(`Damaged:  ${countOf(found.damaged.length, "kept answer")} not trusted\n`);
  }
  let spent = found.spent.usd;
  const failed: Unanswered[] = [...found.failed];
  if (options.nAgreement !== null) {
    const sample = spread(events, options.nAgreement);
    const phrased = await classifyByLlm(
      sample,
      themes,
      { ...question, phrasings: PHRASINGS },
      asking,
    );
    const { classifiers, classifications } = phrased;
    const agreement = classifierAgreement(classifiers, classifications);
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    say(
      `Wordings: ${percent(agreement.allAgree)} of ${
        countOf(agreement.nEvents, "event")
      } alike in all three (wanted: above ${
        percent(set.target_agreement.value)
      }), Krippendorff's alpha ${agreement.alpha.toFixed(3)}, Cohen's kappa ${
        agreement.kappas.map(({ kappa }) => kappa.toFixed(3)).join(", ")
      }\n`,
    );
    spent += phrased.spent.usd;
    failed.push(...phrased.failed.filter(({ phrasing }) => phrasing !== "a"));
  }
  if (asking.live !== null && spent > 0) say(`Spent:    about $${spent.toFixed(4)}\n`);
  const unanswered = table({
    event_id: stringColumn(failed.map(({ id }) => id)),
    phrasing: stringColumn(failed.map(({ phrasing }) => phrasing)),
    reason: stringColumn(failed.map(({ reason }) => reason)),
  });
  return { classifications: found.classifications, unanswered };
}

/** Every n-th event, so that a sample is of all parts of a sorted list. */
function spread(events: readonly EventText[], count: number): EventText[] {
  const n = Math.min(Math.ceil(count), events.length);
  return Array.from({ length: n }, (_, k) => events[Math.floor(k * events.length / n)]!);
}

async function askOptions(
  { model, limit, isConfirmed, isReplay, answers }: AskThemesOptions,
  say: (text: string) => void,
): Promise<AskOptions> {
  const settings = readLlmSettings(
    (name) => Deno.env.get(name),
    model === undefined ? {} : { model },
  );
  const store = answerFiles(answers);
  if (isReplay) return { settings, store, live: null };
  const notice = missingKeyNotice(settings);
  if (notice !== null) {
    throw new Error(`Cannot ask ${settings.model} as a key must be set: got none\n  ${notice}`);
  }
  const price = priceOf(parsePriceList(await readYaml(inProject("config/models.yaml"))), settings);
  const isFree = limit.usd === null && limit.tokens === null;
  if (isFree && price === null) {
    throw new Error(
      `Cannot ask ${settings.model} at ${settings.host} as its price is not known and a budget must be set: got none\n` +
        "  What to do: set --budget-tokens N, or add the price to config/models.yaml and set --budget USD.",
    );
  }
  return {
    settings,
    store,
    live: {
      client: chatClient(settings, { timeoutMs: TIMEOUT_MS, nowMs: Date.now }),
      price,
      limit: isFree ? { usd: DEFAULT_BUDGET_USD, tokens: null } : limit,
      confirm: ({ text }) => {
        say(`Estimate: ${text}\n`);
        return Promise.resolve(isConfirmed || Deno.stdin.isTerminal() && confirm("Ask?"));
      },
      pace: realPace(),
      progress: (nDone, nAsked) => {
        if (nDone % 100 === 0 || nDone === nAsked) say(`          ${nDone} of ${nAsked} asked\n`);
      },
    },
  };
}
