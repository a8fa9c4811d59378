import { join } from "node:path";
import { cellAt, columnOf } from "../core/table.ts";
import { readDecisions, type StoredDecisions } from "../review/decision_files.ts";
import {
  NOTEBOOK_KINDS,
  REVIEW_NOTEBOOKS,
  type ReviewNotebook,
} from "../review/review_notebooks.ts";
import { type Subject, subjectsOf } from "../review/subject.ts";
import { readCheckpoint } from "../store/checkpoint.ts";
import type { CheckpointMeta } from "../store/checkpoint_meta.ts";
import { sha256Hex } from "../store/hash.ts";
import { readYaml } from "../store/yaml.ts";
import { inProject } from "../store/project_root.ts";
import { parseTaxonomy } from "../taxonomy/parse_taxonomy.ts";
import { chartNames } from "./chart_files.ts";
import { keptReads, stampOf } from "./kept_reads.ts";
import { type RunQuestions, runQuestions } from "./run_questions.ts";

/** What a notebook left to be reviewed. */
export interface ReviewCheckpoint {
  readonly notebook: ReviewNotebook;
  readonly subjects: readonly Subject[];
  readonly meta: CheckpointMeta;
}

const TAXONOMY = inProject("config/taxonomy.yaml");

/** Reads what a desk rests on; what did not change is read once. */
export interface DeskReader {
  /** Folder of the run. */
  readonly out: string;
  /** Changes with every decision and every checkpoint; reads names and times of files alone. */
  revision(): string;
  /** Changes with every checkpoint alone. */
  runRevision(): string;
  /** Notebooks that have not run are missing. */
  questions(): Promise<RunQuestions>;
  decisions(): Promise<StoredDecisions>;
  /** Hash of the decisions that a notebook heeds. */
  decisionsHash(notebook: ReviewNotebook): Promise<string>;
  themes(): Promise<
    readonly { readonly id: string; readonly name: string; readonly hue: string }[]
  >;
  charts(): Promise<readonly string[]>;
  /** Hash of what a person sees of a leaf of the tree, by contract; `null` without a tree. */
  leaves(): Promise<ReadonlyMap<string, string> | null>;
}

/**
 * A reader of one run's folder.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 */
export function deskReader(out: string): DeskReader {
  const root = inProject(out);
  const dir = join(root, "checkpoints");
  const kept = keptReads();
  const filesOf = (name: string) =>
    [`${name}.meta.json`, `${name}.parquet`].map((file) => join(dir, file));
  const folders = (kinds: readonly string[]) =>
    ["", ...kinds].map((kind) => join(root, "reviews", "decisions", kind));

  const asked = REVIEW_NOTEBOOKS.flatMap((notebook) => filesOf(`${notebook.slice(0, 2)}_review`));
  const leaves = filesOf("03_leaves");
  const said = folders(Object.values(NOTEBOOK_KINDS).flat());

  async function review(notebook: ReviewNotebook): Promise<ReviewCheckpoint | null> {
    const name = `${notebook.slice(0, 2)}_review`;
    if (!await isThere(filesOf(name)[0]!)) return null;
    const { table, meta } = await readCheckpoint(name, { dir });
    return { notebook, subjects: subjectsOf(table), meta };
  }

  return {
    out: root,
    revision: () => sha256Hex([dir, ...said, TAXONOMY].map(stampOf).join("\n")),
    runRevision: () => sha256Hex(stampOf(dir)),
    questions: () =>
      kept.of("questions", asked, async () => {
        const reviews = await Promise.all(REVIEW_NOTEBOOKS.map(review));
        return runQuestions(reviews.filter((found) => found !== null));
      }),
    decisions: () => kept.of("decisions", said, () => readDecisions(root)),
    decisionsHash: (notebook) => {
      const kinds = NOTEBOOK_KINDS[notebook];
      return kept.of(notebook, folders(kinds), async () => {
        const { sha256 } = await readDecisions(root, { kinds });
        return sha256;
      });
    },
    themes: () =>
      kept.of("themes", [TAXONOMY], async () => {
        const { themes } = parseTaxonomy(await readYaml(TAXONOMY));
        return themes.map(({ id, name, hue }) => ({ id, name, hue }));
      }),
    charts: () => chartNames(root),
    leaves: () =>
      kept.of("leaves", leaves, async () => {
        if (!await isThere(leaves[0]!)) return null;
        const { table } = await readCheckpoint("03_leaves", {
          dir,
          expect: { market_id: "string", seen: "string" },
        });
        const [ids, seen] = [
          columnOf(table, "market_id", "string"),
          columnOf(table, "seen", "string"),
        ];
        return new Map(
          Array.from({ length: table.nRows }, (_, k) => [
            String(cellAt(ids, k)),
            String(cellAt(seen, k)),
          ]),
        );
      }),
  };
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
