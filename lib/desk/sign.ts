import { z } from "zod";
import { CUT_SUBJECT, mergeSeen } from "../review/cluster_subjects.ts";
import { type Decision, type DecisionDraft, parseDraft } from "../review/decision.ts";
import { storeDecision } from "../review/decision_files.ts";
import {
  decisionsInForce,
  type SubjectDecisions,
  subjectKey,
} from "../review/decisions_in_force.ts";
import type { DeskState, SignAnswer } from "./desk_api.ts";
import { type DeskReader, deskReader } from "./desk_reader.ts";
import { deskState } from "./desk_state.ts";
import { questionOf, type RunQuestions } from "./run_questions.ts";
import { clusterFault, unlistedCluster } from "./signed_cluster.ts";

/** What the page is answered, with the status of HTTP. */
export interface Signing {
  readonly status: 200 | 400 | 409;
  readonly answer: SignAnswer;
}

/** What a decision is about, by the data on the disk. */
interface Target {
  readonly title: string;
  readonly seen: string;
  /** Whether it is a question of today. */
  readonly isListed: boolean;
}

/** What concerns the answer; what concerns the decision is checked with it. */
const REQUEST = z.object({
  seen: z.string(),
  after: z.number().int().min(0),
}).catchall(z.unknown());

/**
 * Stores a person's decision, or says why not.
 *
 * The page says what was decided and what the person had seen; title, source and day are those of the
 * data on the disk, so a page cannot make a decision say what it is not about. Where the data are other
 * than those that were seen, or somebody decided in the meantime, nothing is stored.
 *
 * Calls of one process must follow each other; between processes the files decide who was first.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 * @param request JSON of a request, unchecked.
 * @param options.now The clock.
 * @param options.reader Remembers what it read; a new one by default.
 * @throws {Error} If the review cannot be read or the decision not be written.
 */
export async function sign(
  out: string,
  request: unknown,
  { now, reader = deskReader(out) }: { readonly now: () => Date; readonly reader?: DeskReader },
): Promise<Signing> {
  const state = await deskState(out, { reader });
  const asked = parsedRequest(request, state);
  if (typeof asked === "string") return refused(400, "malformed", asked);
  const { draft } = asked;
  const said = await saidAbout(draft, reader);
  const questions = await reader.questions();
  const target = draft.verdict === "withdraw"
    ? withdrawn(draft, asked.after, { questions, said })
    : await judged(draft, { questions, reader });
  if ("status" in target) return target;
  // of what is no question of today the page knows the decision in force, not how many there were
  const isKnown = !target.isListed && asked.after === (said.decision?.number ?? 0);
  const after = isKnown ? said.nDecisions : asked.after;
  if (after > said.nDecisions) {
    return refused(409, "changed", "Decisions that you were shown are not there now: look again.");
  }
  const whole = { ...draft, title: firstUnits(target.title, 2000), seen: target.seen };
  const at = now().toISOString();
  try {
    const stored = await storeDecision(reader.out, whole, { after, at });
    return "stored" in stored
      ? { status: 200, answer: { ...stored, state: await deskState(out, { reader }) } }
      : second((await saidAbout(draft, reader)).decision);
  } catch (error) {
    if (error instanceof RangeError) return refused(400, "malformed", error.message);
    throw error;
  }
}

/** The decision that is asked for, as far as the request says, or why it is none. */
function parsedRequest(
  request: unknown,
  { source, asOf, themes }: DeskState,
): { readonly draft: DecisionDraft; readonly after: number } | string {
  const parsed = REQUEST.safeParse(request);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return `Cannot take a decision as ${
      path.length === 0 ? "it" : `"${path.join(".")}"`
    } must be well formed: got ${message.charAt(0).toLowerCase() + message.slice(1)}`;
  }
  const { after, ...said } = parsed.data;
  for (const own of ["title", "source", "asOf"]) {
    if (own in said) return `Cannot take a decision as its ${own} is not the page's to say`;
  }
  try {
    const draft = parseDraft({ ...said, title: "", source, asOf }, {
      themes: themes.map(({ id }) => id),
    });
    return { draft, after };
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** What a decision other than a withdrawal is about. */
async function judged(
  draft: DecisionDraft,
  { questions, reader }: { readonly questions: RunQuestions; readonly reader: DeskReader },
): Promise<Target | Signing> {
  const { kind, subject: id, verdict } = draft;
  const found = questionOf(questions, kind, id);
  // clusters that a person cut otherwise or joins are known by the tree that the person saw
  const isOfTree = kind === "cluster" && (found === undefined || verdict === "merge");
  const shown = isOfTree ? questionOf(questions, "cut", CUT_SUBJECT) : found;
  if (shown === undefined) {
    return refused(400, "malformed", "There is no such question in the last run.");
  }
  if (shown.seen !== draft.seen) {
    return refused(409, "changed", "What this is about has changed since you saw it: look again.");
  }
  if (kind === "audit") {
    const { sheet, marketId } = draft.value;
    if (id !== `${sheet} | ${marketId}`) {
      return refused(400, "malformed", "The verdict names another contract than its question.");
    }
  }
  const isListed = found !== undefined;
  if (kind !== "cluster" && kind !== "cut") return { ...shown, isListed };
  const leaves = await reader.leaves() ?? new Map<string, string>();
  const fault = clusterFault(draft, leaves);
  if (fault !== null) return refused(400, "malformed", fault);
  const { title, seen } = found ?? unlistedCluster(draft, leaves);
  return { title, seen: mergeSeen(draft, leaves) ?? seen, isListed };
}

/** What a withdrawal is about: whatever has a decision in force, whether or not the question is there. */
function withdrawn(
  draft: DecisionDraft,
  after: number,
  { questions, said }: { readonly questions: RunQuestions; readonly said: SubjectDecisions },
): Target | Signing {
  const { decision, nDecisions } = said;
  if (decision === null) {
    return after < nDecisions
      ? second(null)
      : refused(400, "malformed", "There is no decision to take back.");
  }
  const found = questionOf(questions, draft.kind, draft.subject);
  return {
    title: found?.title ?? decision.title,
    seen: decision.seen,
    isListed: found !== undefined,
  };
}

async function saidAbout(
  { source, kind, subject }: DecisionDraft,
  reader: DeskReader,
): Promise<SubjectDecisions> {
  const { decisions } = await reader.decisions();
  const about = decisions.filter((one) => one.kind === kind && one.subject === subject);
  return decisionsInForce(about, { source }).get(subjectKey(kind, subject)) ??
    { decision: null, nDecisions: 0 };
}

function second(decision: Decision | null): Signing {
  return {
    status: 409,
    answer: {
      refused: "second",
      reason: "Somebody decided about this after you were shown it: look again.",
      decision,
    },
  };
}

function refused(
  status: 400 | 409,
  why: "changed" | "malformed",
  reason: string,
): Signing {
  return { status, answer: { refused: why, reason } };
}

/** A text cut to a length without breaking a character. */
function firstUnits(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}
