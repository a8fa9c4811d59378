import { basename, dirname, join } from "node:path";
import { TEMPORARY_SUFFIX } from "../store/atomic.ts";
import { canonicalJson } from "../store/canonical_json.ts";
import { sha256Hex } from "../store/hash.ts";
import { inProject } from "../store/project_root.ts";
import {
  type Decision,
  type DecisionDraft,
  parseDecision,
  SUBJECT_KINDS,
  type SubjectKind,
} from "./decision.ts";
import { createOnce } from "./create_once.ts";
import { decisionsInForce } from "./decisions_in_force.ts";
import { shortText } from "./short_text.ts";

/** Largest file that is taken for a decision, in bytes. */
const MOST_BYTES = 1024 * 1024;
const NAME = /^([0-9a-f]{32})-(\d{4,})\.json$/;

/** The decisions of a folder. */
export interface StoredDecisions {
  /** In the order of time, then of their files. */
  readonly decisions: readonly Decision[];
  /** What is no decision, with its path below `reviews/` and the reason, by path. Untrusted. */
  readonly rejected: readonly { readonly file: string; readonly reason: string }[];
  /** Over names and bytes of all files, rejected ones too. */
  readonly sha256: string;
}

/**
 * Where a decision is kept, below `reviews/`. Source and subject are untrusted, so the name is a hash of
 * them: nothing that anybody writes becomes a path.
 */
export function decisionPath(
  { source, kind, subject, number }: Pick<Decision, "source" | "kind" | "subject" | "number">,
): string {
  const hash = sha256Hex(JSON.stringify([source, kind, subject])).slice(0, 32);
  return `decisions/${kind}/${hash}-${String(number).padStart(4, "0")}.json`;
}

/**
 * Every decision below `reviews/decisions`; none where there is no such folder.
 *
 * A file that is no decision is told, never followed and never fatal. As nobody knows what it said, the
 * earlier decisions about its subject, which it may have overruled, are told with it; later ones stand.
 *
 * Cost: O(bytes), about 0.2 ms a file.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 * @param options.kinds Kinds to read; all by default.
 * @param options.themes Ids of the taxonomy; a decision on another theme is rejected. Any by default.
 * @throws {Error} If a folder is there and cannot be read.
 */
export async function readDecisions(
  out: string,
  { kinds, themes }: {
    readonly kinds?: readonly SubjectKind[];
    readonly themes?: readonly string[];
  } = {},
): Promise<StoredDecisions> {
  const reviews = inProject(join(out, "reviews"));
  const files: ReadFile[] = [];
  for (const { name, isDirectory, isSymlink } of await entriesOf(`${reviews}/decisions`)) {
    const kind = SUBJECT_KINDS.find((one) => one === name);
    if (kinds !== undefined && (kind === undefined || !kinds.includes(kind))) continue;
    const path = `decisions/${name}`;
    if (isSymlink) files.push(rejection(path, "it must be a folder of its own: got a link"));
    else if (kind === undefined || !isDirectory) {
      files.push(rejection(path, "it must be a folder named for a kind of subject"));
    } else {
      for (const entry of await entriesOf(`${reviews}/${path}`)) {
        files.push(await readFile(reviews, `${path}/${entry.name}`, { themes }));
      }
    }
  }
  files.sort((a, b) => compared(a.path, b.path));
  const told = withOverruled(files);
  return {
    decisions: told.flatMap(({ decision, path }) => decision === null ? [] : [{ decision, path }])
      .sort((a, b) => compared(a.decision.at, b.decision.at) || compared(a.path, b.path))
      .map(({ decision }) => decision),
    rejected: told.flatMap(({ path, decision, reason }) =>
      decision === null ? [{ file: path, reason }] : []
    ),
    sha256: sha256Hex(files.map(({ path, hash }) => `${path}\n${hash}\n`).join("")),
  };
}

/**
 * Stores a decision as one more about its subject, unless somebody was first.
 *
 * The file appears whole under a name that must be free, so that of any number of writers in any
 * processes one is told that it was stored and the others who was first. Nothing is overwritten.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 * @param options.after Number of the last decision about the subject that the person knew of; 0 for none.
 * @param options.at UTC instant, ISO with milliseconds.
 * @returns The decision as stored; or the one that is in force instead, the last withdrawal where none is.
 * @throws {RangeError} If the decision is malformed or too large, or there is no decision `after`.
 * @throws {Error} If the folder cannot be written, or what somebody else stored cannot be read.
 */
export async function storeDecision(
  out: string,
  draft: DecisionDraft,
  { after, at }: { readonly after: number; readonly at: string },
): Promise<{ readonly stored: Decision } | { readonly second: Decision }> {
  const decision = parseDecision({ ...draft, at, number: after + 1 });
  const bytes = new TextEncoder().encode(canonicalJson(decision));
  if (bytes.length > MOST_BYTES) {
    throw new RangeError(
      `Cannot store a decision as it must have at most ${MOST_BYTES} bytes: got ${bytes.length}`,
    );
  }
  const reviews = inProject(join(out, "reviews"));
  const path = decisionPath(decision);
  const last = numberOf((await pathsAbout(reviews, path)).at(-1) ?? "");
  if (after > last) {
    throw new RangeError(
      `Cannot store decision ${decision.number} about a ${decision.kind} as the one before it must be there: got ${
        last === 0 ? "none" : `${last} as the last`
      }`,
    );
  }
  if (after === last && await createOnce(`${reviews}/${path}`, bytes)) return { stored: decision };
  return { second: await firstOf(reviews, decision) };
}

/** A file below `reviews/`: a decision, or why it is none. */
interface ReadFile {
  readonly path: string;
  readonly decision: Decision | null;
  readonly reason: string;
  readonly hash: string;
}

function rejection(path: string, reason: string, hash = "not read"): ReadFile {
  return { path, decision: null, reason: shortText(reason, { most: 300 }), hash };
}

/** Entries of a folder but those that no decision can be: temporary and dot files, the README. */
async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new Error(
      `Cannot read decisions as "${folder}" must be a readable folder: got ${messageOf(cause)}`,
      { cause },
    );
  }
  return entries.filter(({ name }) =>
    !name.startsWith(".") && !name.endsWith(TEMPORARY_SUFFIX) && name !== "README.md"
  );
}

async function readFile(
  reviews: string,
  path: string,
  { themes }: { readonly themes?: readonly string[] | undefined } = {},
): Promise<ReadFile> {
  let bytes: Uint8Array;
  try {
    const { isFile, isSymlink, size } = await Deno.lstat(`${reviews}/${path}`);
    if (!isFile) {
      const got = isSymlink ? "a link" : "something else";
      return rejection(path, `it must be a file of its own: got ${got}`);
    }
    if (size > MOST_BYTES) {
      const reason = `it must have at most ${MOST_BYTES} bytes: got ${size}`;
      return rejection(path, reason, `${size} bytes`);
    }
    bytes = await Deno.readFile(`${reviews}/${path}`);
  } catch (cause) {
    return rejection(path, `it must be readable: got ${messageOf(cause)}`);
  }
  const hash = sha256Hex(bytes);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const decision = parseDecision(JSON.parse(text), { ...themes !== undefined && { themes } });
    if (decisionPath(decision) !== path) {
      return rejection(path, "its name must be that of its decision: got another one", hash);
    }
    return { path, decision, reason: "", hash };
  } catch (cause) {
    const own = cause instanceof RangeError ? "" : "it must be JSON in UTF-8: got ";
    return rejection(path, `${own}${messageOf(cause)}`, hash);
  }
}

/** Files with the decisions that a rejected later one about the same subject may have overruled rejected. */
function withOverruled(files: readonly ReadFile[]): ReadFile[] {
  const broken = new Map<string, string>();
  for (const { path, decision } of files) {
    if (decision !== null || !NAME.test(basename(path))) continue;
    const about = path.replace(/-\d+\.json$/, "");
    const before = broken.get(about);
    if (before === undefined || numberOf(before) < numberOf(path)) broken.set(about, path);
  }
  return files.map((file) => {
    const later = broken.get(file.path.replace(/-\d+\.json$/, ""));
    return file.decision === null || later === undefined || numberOf(later) < numberOf(file.path)
      ? file
      : rejection(file.path, `no later one may be unreadable: got ${basename(later)}`, file.hash);
  });
}

function numberOf(path: string): number {
  return Number(basename(path).match(NAME)?.[2] ?? 0);
}

/** Paths of the files about the subject of `path`, itself among them where it is there. */
async function pathsAbout(reviews: string, path: string): Promise<string[]> {
  const folder = dirname(path), about = basename(path).slice(0, 32);
  const isLink = await Deno.lstat(`${reviews}/${folder}`).then(
    (stat) => stat.isSymlink,
    () => false,
  );
  if (isLink) {
    throw new Error(
      `Cannot store a decision as "${reviews}/${folder}" must be a folder of its own: got a link`,
    );
  }
  const names = (await entriesOf(`${reviews}/${folder}`)).map(({ name }) => name);
  return names.filter((name) => NAME.exec(name)?.[1] === about)
    .map((name) => `${folder}/${name}`)
    .sort((a, b) => numberOf(a) - numberOf(b));
}

/** What is in force in place of a decision that came second. */
async function firstOf(reviews: string, second: Decision): Promise<Decision> {
  const files: ReadFile[] = [];
  for (const path of await pathsAbout(reviews, decisionPath(second))) {
    files.push(await readFile(reviews, path));
  }
  const { path, decision, reason } = files.at(-1)!;
  if (decision === null) {
    throw new Error(
      `Cannot store a decision as the last about its subject must be readable: got "${path}", ${reason}\n  What to do: mend the file, or take it away`,
    );
  }
  const standing = withOverruled(files).flatMap((file) => file.decision ?? []);
  const [inForce] = decisionsInForce(standing, second).values();
  return inForce?.decision ?? decision;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
