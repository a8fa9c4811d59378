/// <reference lib="dom" />
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import type { Decision, Verdict } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import type { DeskProps } from "../desk_props.ts";

/** A verdict to be stored. */
export interface SignOrder {
  readonly subject: StandingSubject;
  readonly verdict: Verdict;
  readonly value: Readonly<Record<string, unknown>>;
  readonly comment: string;
}

/** Something that was not stored, and why. */
export interface RefusedOrder {
  readonly order: SignOrder;
  readonly reason: string;
}

/** Signing one after the other, while the person goes on. */
export interface Signing {
  /** Whether it was stored. */
  sign(order: SignOrder): Promise<boolean>;
  /** Orders under way by {@link orderKey}. */
  readonly pending: ReadonlyMap<string, SignOrder>;
  readonly refused: readonly RefusedOrder[];
  forget(refused: RefusedOrder): void;
  /** Another person's decisions that this page overruled, by {@link orderKey}. */
  readonly overruled: ReadonlyMap<string, Decision>;
  /** The name in the shell's field; `null` while it is empty. */
  readonly me: string | null;
}

/** One text for a subject. */
export function orderKey({ kind, id }: Pick<StandingSubject, "kind" | "id">): string {
  return `${kind} ${id}`;
}

/**
 * Signs in the order of the calls, one request at a time, and says what is under way. The shell tells of
 * a refusal; it never moves the person to another contract, since the next key press may be on its way.
 */
export function useSigning(
  { client, reviewer }: Pick<DeskProps, "client" | "reviewer">,
): Signing {
  const [pending, setPending] = useState<ReadonlyMap<string, SignOrder>>(new Map());
  const [refused, setRefused] = useState<readonly RefusedOrder[]>([]);
  const [overruled, setOverruled] = useState<ReadonlyMap<string, Decision>>(new Map());
  const me = reviewer === "" ? null : reviewer;
  const latestName = useRef(reviewer);
  latestName.current = reviewer;
  const line = useRef<Promise<unknown>>(Promise.resolve());

  const sign = useCallback((order: SignOrder) => {
    const { subject, verdict, value, comment } = order;
    const key = orderKey(subject);
    setPending((old) => new Map(old).set(key, order));
    const refuse = (reason: string) => {
      setRefused((old) => [
        ...old.filter((one) => orderKey(one.order.subject) !== key),
        { order, reason },
      ]);
      return false;
    };
    const send = async () => {
      try {
        const answer = await client.sign({
          ...{ kind: subject.kind, subject: subject.id, verdict, value, comment },
          ...{ seen: subject.seen, after: subject.nDecisions },
        });
        if ("refused" in answer) {
          // the field of the name says so itself
          return latestName.current === "" ? false : refuse(answer.reason);
        }
        const { by } = answer.stored;
        const former = subject.decision;
        if (former !== null && former.by !== by) {
          setOverruled((old) => new Map(old).set(key, former));
        }
        setRefused((old) => old.filter((one) => orderKey(one.order.subject) !== key));
        return true;
      } catch (error) {
        return refuse(error instanceof Error ? error.message : String(error));
      } finally {
        setPending((old) => {
          const rest = new Map(old);
          if (rest.get(key) === order) rest.delete(key);
          return rest;
        });
      }
    };
    const sent = line.current.then(send);
    line.current = sent;
    return sent;
  }, [client]);

  const forget = useCallback(
    (one: RefusedOrder) => setRefused((old) => old.filter((other) => other !== one)),
    [],
  );
  return useMemo(
    () => ({ sign, pending, refused, forget, overruled, me }),
    [sign, pending, refused, forget, overruled, me],
  );
}
