import type { AskOptions, LiveAsking } from "lib/classify/ask_all.ts";
import type { AnswerStore } from "lib/classify/answer_cache.ts";
import { chatClient } from "lib/classify/chat_client.ts";
import type { EventText } from "lib/classify/event_text.ts";
import { type LlmSettings, readLlmSettings } from "lib/classify/llm_settings.ts";
import type { Pace } from "lib/classify/pace.ts";
import type { ModelPrice } from "lib/classify/price_list.ts";
import type { Theme, ThemeList } from "lib/taxonomy/themes.ts";

/** Looks like a key and is none; tests search for it in all that leaves the code. */
export const KEY = "sk-stub-0123456789abcdefSECRET";

function theme(id: string, fields: Partial<Theme>): Theme {
  return {
    id,
    name: id,
    short: id.slice(0, 14),
    family: id,
    description: "",
    isExcluded: false,
    hue: "blue",
    examples: [],
    antiExamples: [],
    ...fields,
  };
}

/** A small taxonomy with everything a real one has. */
export const THEMES: ThemeList = {
  version: "test 1",
  themes: [
    theme("us_elections", {
      name: "US Elections",
      description: "Presidential and congressional elections.",
      examples: ["Will Democrats win the Senate in 2026?"],
      antiExamples: [{ text: "Will the Fed cut rates?", theme: "fed_policy" }],
    }),
    theme("fed_policy", { name: "Federal Reserve", description: "Rate decisions." }),
    theme("crypto_digital", { name: "Crypto", description: "Bitcoin and other coins." }),
    theme("sports", { name: "Sports", description: "Games and leagues.", isExcluded: true }),
  ],
};

/** An event with a title. */
export function event(title: string, fields: Partial<EventText> = {}): EventText {
  return {
    eventId: `event:${title}`,
    title,
    tickers: ["Yes"],
    slugs: ["some-slug"],
    description: "This market resolves to Yes if it happens.",
    venues: ["polymarket"],
    endDate: "2026-11-03",
    ...fields,
  };
}

/** A valid answer to the theme question. */
export function themeAnswer(primary: string, confidence = 0.9, secondary: string | null = null) {
  return {
    primary_theme: primary,
    secondary_theme: secondary,
    confidence,
    reasoning: "It is about that.",
  };
}

/** Settings for a server, as the environment would give them. */
export function settingsFor(baseUrl: string, key: string | null = KEY): LlmSettings {
  const variables: Record<string, string | undefined> = {
    OPENAI_BASE_URL: baseUrl,
    OPENAI_API_KEY: key ?? undefined,
    OPENAI_MODEL: "stub-model",
  };
  return readLlmSettings((name) => variables[name]);
}

/** A store in memory that shows what it holds, as text. */
export function memoryStore(): AnswerStore & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get(key) {
      const text = entries.get(key);
      return Promise.resolve(text === undefined ? undefined : JSON.parse(text));
    },
    put(key, entry) {
      entries.set(key, JSON.stringify(entry));
      return Promise.resolve();
    },
  };
}

/** A pace whose waits take no time and are written down. */
export function recordedPace(fields: Partial<Pace> = {}): Pace & { readonly waits: number[] } {
  const waits: number[] = [];
  let nowMs = Date.UTC(2026, 0, 1);
  return {
    concurrency: 4,
    maxAttempts: 4,
    nowMs: () => nowMs,
    delay(ms) {
      waits.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
    jitter: () => 0,
    waits,
    ...fields,
  };
}

/** A dollar a million tokens each way: one token is a millionth of a dollar. */
export function priceAt(host: string): ModelPrice {
  return {
    model: "stub-model",
    host,
    inputUsd: 1,
    cachedInputUsd: 0.5,
    outputUsd: 1,
    asOf: "2026-01-01",
    sources: ["https://example.org"],
  };
}

/** All that asking takes, against a server. */
export function askingOf(
  baseUrl: string,
  live: Partial<LiveAsking> & { readonly timeoutMs?: number; readonly key?: string | null } = {},
  store: AnswerStore = memoryStore(),
): AskOptions & { readonly live: LiveAsking } {
  const { timeoutMs = 30_000, key = KEY, ...fields } = live;
  const settings = settingsFor(baseUrl, key);
  const pace = fields.pace ?? recordedPace();
  return {
    settings,
    store,
    live: {
      client: chatClient(settings, { timeoutMs, nowMs: pace.nowMs }),
      price: priceAt(settings.host),
      limit: { usd: 10, tokens: null },
      confirm: () => Promise.resolve(true),
      pace,
      ...fields,
    },
  };
}
