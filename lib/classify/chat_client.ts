import OpenAI, { APIError } from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
import { ChatError, statusError } from "./chat_error.ts";
import { plainLine } from "./event_block.ts";
import type { LlmSettings } from "./llm_settings.ts";
import { OPENAI_HOST } from "./llm_settings.ts";
import { firstShape, nextShape, type RequestShape, schemaInstruction } from "./request_shape.ts";
import { retryAfterMs } from "./retry_after.ts";
import type { TokenUse } from "./token_use.ts";

/** A system message and what follows it. */
export interface ChatMessage {
  readonly role: "system" | "user";
  readonly content: string;
}

/** One question to a model. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Name of the schema that the server is told. */
  readonly schemaName: string;
  /** What the answer must be; a plain schema without transformations. */
  readonly schema: z.ZodType;
  readonly maxOutputTokens: number;
}

/** What came back, not yet believed. All text is untrusted; the key does not occur in it. */
export interface ChatReply {
  /** `null` where the server sent no choice. */
  readonly content: string | null;
  readonly refusal: string | null;
  /** `stop`, `length`, `content_filter`; `null` where not said. */
  readonly finishReason: string | null;
  readonly hasChoice: boolean;
  /** Model that the server says answered, such as a dated snapshot. */
  readonly model: string | null;
  /** `null` where the server did not report it in a believable form. */
  readonly use: TokenUse | null;
  readonly format: RequestShape["format"];
}

/** Something that can be asked; one request a call, no retries. */
export interface ChatClient {
  /** @throws {ChatError} If no answer came. */
  ask(request: ChatRequest, signal?: AbortSignal): Promise<ChatReply>;
}

/** Headers that leave this machine; the client library would add the platform and more. */
const SENT_HEADERS = ["accept", "authorization", "content-type"];

/** Larger answers are not from a model that was asked for a few hundred tokens. */
const MOST_CHARACTERS = 20_000;

/**
 * A client of the OpenAI chat protocol.
 *
 * The answer is demanded as structured output. A server that refuses this with status 400 or 422 is
 * asked for JSON, then in plain words; the same for the temperature and the name of the token
 * limit. What a server takes is remembered for the requests after it.
 *
 * `chat.completions.create` is used with the helper's schema, not `parse`: that throws for truncated
 * and filtered answers and with it drops what they cost.
 *
 * @param options.timeoutMs Longest time from request to the end of the answer.
 * @param options.nowMs Clock, against which a date in Retry-After is read.
 */
export function chatClient(
  settings: LlmSettings,
  options: { readonly timeoutMs: number; readonly nowMs: () => number },
): ChatClient {
  const { model, host, baseUrl, readKey } = settings;
  const key = readKey?.() ?? null;
  const sdk = new OpenAI({
    apiKey: key ?? "none",
    // null keeps the library from reading these of the environment itself
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl,
    defaultHeaders: key === null ? { Authorization: null } : {},
    logLevel: "off",
    maxRetries: 0,
    timeout: options.timeoutMs,
    fetch: (input, init) =>
      fetch(input, { ...init, headers: sentHeaders(init), redirect: "error" }),
  });
  const clean = (text: string) => withoutKey(text, key);
  // a schema serves thousands of requests
  const strictFormats = new WeakMap<z.ZodType, ReturnType<typeof zodResponseFormat>>();
  let shape = firstShape(host === OPENAI_HOST);

  function strictFormat({ schema, schemaName }: ChatRequest) {
    const known = strictFormats.get(schema) ?? zodResponseFormat(schema, schemaName);
    strictFormats.set(schema, known);
    return known;
  }

  async function send(request: ChatRequest, sent: RequestShape, signal: AbortSignal) {
    const { format, hasTemperature, limitField } = sent;
    const [first, ...rest] = request.messages;
    const instruction = format === "json_schema" ? "" : `\n\n${schemaInstruction(request.schema)}`;
    const body = await sdk.chat.completions.create({
      model,
      messages: [{ role: first!.role, content: first!.content + instruction }, ...rest],
      [limitField]: request.maxOutputTokens,
      ...hasTemperature ? { temperature: 0 } : {},
      ...format === "json_schema"
        ? { response_format: strictFormat(request) }
        : format === "json_object"
        ? { response_format: { type: "json_object" as const } }
        : {},
    }, { signal });
    return readReply(body, format, clean);
  }

  async function ask(request: ChatRequest, signal?: AbortSignal): Promise<ChatReply> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), options.timeoutMs);
    const either = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal;
    const tried: RequestShape[] = [];
    try {
      for (;;) {
        const sent = shape;
        tried.push(sent);
        try {
          return await send(request, sent, either);
        } catch (error) {
          const next = refusedShape(error, sent);
          const isNew = next !== null && !tried.some((one) => isSameShape(one, next));
          if (!isNew) throw error;
          // requests under way at the same time may have moved it on already
          if (isSameShape(shape, sent)) shape = next;
        }
      }
    } catch (error) {
      throw asChatError(error, {
        settings,
        clean,
        nowMs: options.nowMs(),
        isAborted: signal?.aborted ?? false,
        timeoutMs: timeout.signal.aborted ? options.timeoutMs : null,
      });
    } finally {
      clearTimeout(timer);
    }
  }
  return { ask };
}

function sentHeaders(init: RequestInit | undefined): Headers {
  const all = new Headers(init?.headers);
  return new Headers(SENT_HEADERS.flatMap((name) => {
    const value = all.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  }));
}

function isSameShape(a: RequestShape, b: RequestShape): boolean {
  return a.format === b.format && a.hasTemperature === b.hasTemperature &&
    a.limitField === b.limitField;
}

function refusedShape(error: unknown, sent: RequestShape): RequestShape | null {
  const isRefusal = error instanceof APIError && (error.status === 400 || error.status === 422);
  return isRefusal ? nextShape(sent, `${error.message} ${error.param ?? ""}`) : null;
}

/**
 * Text in which neither the key nor anything that looks like one is left. A key of fewer than 8
 * characters is a word that a local server was given for form's sake and may occur in any text.
 */
function withoutKey(text: string, key: string | null): string {
  const free = key === null || key.length < 8 ? text : text.replaceAll(key, "[key]");
  return free.replace(/\b(sk|Bearer)[-_ ][\w*.-]{8,}/g, "[key]");
}

const count = z.number().int().min(0).max(1e9);
const useSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
});
const bodySchema = z.object({
  model: z.string().max(200).nullish().catch(null),
  usage: z.unknown().optional(),
  choices: z.array(z.object({
    finish_reason: z.string().nullish().catch(null),
    message: z.object({
      content: z.string().nullish(),
      refusal: z.string().nullish().catch(null),
    }),
  })),
});

function readReply(
  body: unknown,
  format: RequestShape["format"],
  clean: (text: string) => string,
): ChatReply {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new SyntaxError("not a chat completion");
  const { choices: [choice], model, usage } = parsed.data;
  const use = useSchema.safeParse(usage);
  const text = (value: string | null | undefined, most: number) =>
    value === null || value === undefined ? null : clean(value.slice(0, most));
  return {
    content: text(choice?.message.content, MOST_CHARACTERS),
    refusal: text(choice?.message.refusal, 1000),
    finishReason: choice?.finish_reason ?? null,
    hasChoice: choice !== undefined,
    model: text(model, 200),
    use: use.success ? tokenUse(use.data) : null,
    format,
  };
}

function tokenUse(use: z.infer<typeof useSchema>): TokenUse {
  const cached = use.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    inputTokens: use.prompt_tokens,
    cachedInputTokens: Math.min(cached, use.prompt_tokens),
    outputTokens: use.completion_tokens,
  };
}

function asChatError(error: unknown, { settings, clean, nowMs, isAborted, timeoutMs }: {
  readonly settings: LlmSettings;
  readonly clean: (text: string) => string;
  readonly nowMs: number;
  readonly isAborted: boolean;
  readonly timeoutMs: number | null;
}): ChatError {
  const { model, host } = settings;
  const subject = `Cannot ask model "${model}" at ${host} as`;
  if (isAborted) {
    return new ChatError(`${subject} the run must go on: got an abort`, {
      kind: "aborted",
      mayBeBilled: true,
    });
  }
  if (timeoutMs !== null) {
    const message = `${subject} it must answer within ${timeoutMs / 1000} s: got no answer`;
    return new ChatError(message, { kind: "passing", mayBeBilled: true });
  }
  if (error instanceof APIError && typeof error.status === "number") {
    const { status, code, headers } = error;
    return statusError({ model, host }, {
      status,
      code: typeof code === "string" ? code : null,
      serverWords: plainLine(clean(error.message.replace(/^\d{3} /, "")), 200),
      retryAfterMs: retryAfterMs((name) => headers?.get(name) ?? null, nowMs),
    });
  }
  if (error instanceof SyntaxError) {
    return new ChatError(`${subject} it must answer in its protocol: got another text`, {
      kind: "passing",
      mayBeBilled: true,
    });
  }
  const words = causeWords(error);
  return new ChatError(`${subject} the connection must hold: got ${plainLine(clean(words), 160)}`, {
    kind: "passing",
    mayBeBilled: !/connect error|refused|dns error/i.test(words),
  });
}

/** What the innermost cause says; the library and the runtime each wrap it once more. */
function causeWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? causeWords(error.cause) : error.message;
}
