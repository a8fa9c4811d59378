import { writeFileAtomic } from "./atomic.ts";
import { canonicalJson } from "./canonical_json.ts";
import { sha256Hex } from "./hash.ts";

/** Values kept by key; also what `lib/classify` asks of a store for a model's answers. */
export interface AnswerFiles {
  /**
   * What was put under a key, `undefined` where nothing was.
   *
   * @throws {SyntaxError} If the file is not what was written: cut off, edited, of another shape.
   */
  get(key: string): Promise<unknown>;
  /** Keeps a plain value under a key; a reader sees all of it or nothing. */
  put(key: string, entry: unknown): Promise<void>;
}

/**
 * A folder with one JSON file an answer, `ab/abcd….json` by its key, each with the hash of its
 * content. The folder is made by the first answer.
 *
 * Paid answers must outlive a killed run, so each is written at once, and a file that was damaged is
 * told from one that is not there.
 *
 * @throws {TypeError} From both methods, if a key is not 64 hexadecimal digits.
 */
export function answerFiles(folder: string): AnswerFiles {
  const pathOf = (key: string) => {
    if (!/^[0-9a-f]{64}$/.test(key)) {
      throw new TypeError("Cannot keep an answer as its key must be a SHA-256: got another text");
    }
    return `${folder}/${key.slice(0, 2)}/${key}.json`;
  };
  return {
    async get(key) {
      let text: string;
      try {
        text = await Deno.readTextFile(pathOf(key));
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      }
      return parseAnswerFile(text);
    },
    async put(key, entry) {
      const sha256 = sha256Hex(canonicalJson(entry));
      await writeFileAtomic(pathOf(key), canonicalJson({ sha256, entry }));
    },
  };
}

/**
 * The value in an answer's file.
 *
 * @throws {SyntaxError} If it is not what was written.
 */
export function parseAnswerFile(text: string): unknown {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError("Cannot read a kept answer as its file must be JSON: got other text", {
      cause,
    });
  }
  const { sha256, entry } = (raw ?? {}) as { sha256?: unknown; entry?: unknown };
  if (entry === undefined || sha256 !== sha256Hex(canonicalJson(entry))) {
    throw new SyntaxError(
      "Cannot read a kept answer as its content must match its hash: got another content",
    );
  }
  return entry;
}
