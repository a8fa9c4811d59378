/** The seed's model: cheap, and classification is not a hard task. */
export const DEFAULT_MODEL = "gpt-4o-mini";

/** Where OpenAI itself answers. */
export const OPENAI_HOST = "api.openai.com";

/** Which server and model are asked. Nothing in it shows the key, printed or as JSON. */
export interface LlmSettings {
  readonly model: string;
  /** Root of the protocol, without a slash at its end: "http://127.0.0.1:11434/v1". */
  readonly baseUrl: string;
  /** Host and port of it, which may be shown and stored. */
  readonly host: string;
  /** Gives the key; `null` where none is set, as local servers need none. */
  readonly readKey: (() => string) | null;
}

/**
 * The server, model and key that the environment names: `OPENAI_BASE_URL` (OpenAI where it is not
 * set; Ollama, vLLM and llama.cpp speak the same protocol), `OPENAI_MODEL`, `OPENAI_API_KEY`.
 *
 * The only reader of the environment for this work. Faults are told without the value, since an
 * address may hold a password.
 *
 * @param environment Value of a variable: `(name) => Deno.env.get(name)`.
 * @param options.model Model that goes before the environment's.
 * @throws {SyntaxError} If the address is no plain http or https address, or a name or key has
 *   characters that no server allows.
 */
export function readLlmSettings(
  environment: (name: string) => string | undefined,
  options: { readonly model?: string } = {},
): LlmSettings {
  const read = (name: string) => environment(name)?.trim() || undefined;
  const model = options.model ?? read("OPENAI_MODEL") ?? DEFAULT_MODEL;
  if (!/^[\w.:/@+-]{1,200}$/.test(model)) {
    throw new SyntaxError(
      "Cannot ask a model as its name must be 1 to 200 letters, digits or any of . : / @ + - _: " +
        `got ${model.length} characters`,
    );
  }
  const { baseUrl, host } = address(read("OPENAI_BASE_URL") ?? `https://${OPENAI_HOST}/v1`);
  const key = read("OPENAI_API_KEY");
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    throw new SyntaxError(
      "Cannot use OPENAI_API_KEY as it must be one word of plain characters: got others",
    );
  }
  return { model, baseUrl, host, readKey: key === undefined ? null : () => key };
}

function address(text: string): { baseUrl: string; host: string } {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" &&
    url.password === "" && url.search === "" && url.hash === "";
  if (!isPlain) {
    throw new SyntaxError(
      "Cannot use OPENAI_BASE_URL as it must be an http or https address without user, query or " +
        "fragment, like http://127.0.0.1:11434/v1: got another text",
    );
  }
  return { baseUrl: url.href.replace(/\/+$/, ""), host: url.host };
}

/**
 * Says what to set, where OpenAI would be asked without a key; `null` elsewhere, since other servers
 * may need none.
 */
export function missingKeyNotice({ host, readKey }: LlmSettings): string | null {
  if (host !== OPENAI_HOST || readKey !== null) return null;
  return "Set OPENAI_API_KEY, or set OPENAI_BASE_URL to a server that needs no key (Ollama: " +
    "http://127.0.0.1:11434/v1) and OPENAI_MODEL to a model it has. Without --classifier llm the " +
    "lexical classifier answers and needs neither.";
}
