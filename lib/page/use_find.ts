import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { DeskState, QuietSubjects } from "../desk/desk_api.ts";
import type { StandingSubject } from "../review/standing_subject.ts";
import type { DeskProps } from "./desk_props.ts";
import type { DeskServer } from "./fetch_client.ts";

type Subjects = ReadonlyMap<string, StandingSubject>;

/**
 * Finds a subject by kind and id: as the state tells it, else among the quiet ones, which are read once a
 * run. Until they are here they are not found.
 *
 * @param options.nReturns Counts returns of a lost server.
 * @param options.onTrouble Told in words why they cannot be read; must be the same function each time.
 */
export function useFind(
  server: DeskServer,
  state: DeskState | null,
  { nReturns, onTrouble }: {
    readonly nReturns: number;
    readonly onTrouble: (words: string) => void;
  },
): DeskProps["find"] {
  const [quiet, setQuiet] = useState<Subjects>(new Map());
  const quietRevision = state?.quietRevision ?? null;
  useEffect(() => {
    if (quietRevision === null) return;
    let isCurrent = true;
    server.get<QuietSubjects>("/api/quiet").then(
      (answer) => {
        if (isCurrent) setQuiet(quietMap(answer));
      },
      (error: unknown) => {
        if (isCurrent) onTrouble(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [server, quietRevision, nReturns, onTrouble]);
  const told = useMemo<Subjects>(
    () => new Map(state?.subjects.map((one) => [keyOf(one.kind, one.id), one])),
    [state],
  );
  return useCallback(
    (kind, id) => told.get(keyOf(kind, id)) ?? quiet.get(keyOf(kind, id)),
    [told, quiet],
  );
}

/** Quiet subjects as the state would tell them; titles stay with the server, which signs with its own. */
function quietMap({ subjects }: QuietSubjects): Subjects {
  return new Map(subjects.map(([kind, id, seen]) => [keyOf(kind, id), {
    ...{ kind, id, seen, title: "", isRequired: false },
    ...{ standing: "idle", decision: null, nDecisions: 0 },
  }]));
}

function keyOf(kind: StandingSubject["kind"], id: string): string {
  return `${kind} ${id}`;
}
