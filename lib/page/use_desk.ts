/// <reference lib="dom" />
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { DeskRevision, DeskState, SignAnswer, SignRequest } from "../desk/desk_api.ts";
import type { DeskClient, DeskProps } from "./desk_props.ts";
import { answerWords } from "./answer_words.ts";
import { type DeskServer, GONE, ServerGone } from "./fetch_client.ts";
import type { Notice } from "./notices.tsx";
import { forgetSigned, lastSigned, rememberSigned } from "./signed_here.ts";
import { useFind } from "./use_find.ts";

const POLL_MS = 5000;
const RETRY_MS = 2000;

/** What the shell knows and hands to the desks. */
export interface Desk {
  /** `null` until the server first answered. */
  readonly state: DeskState | null;
  /** Why the server is not heard, in words; `null` while it is. */
  readonly trouble: string | null;
  readonly client: DeskClient;
  readonly find: DeskProps["find"];
  readonly notice: Notice | null;
  readonly notify: (text: string, tone?: Notice["tone"]) => void;
  readonly closeNotice: () => void;
  readonly retry: () => void;
}

/**
 * The desk's state, and the client through which desks read and sign. Every five seconds while the page
 * is visible it asks whether there is another state, and after each decision the answer holds it.
 *
 * @param reviewer Gives the name of who signs, or `null` after asking the person for it.
 */
export function useDesk(server: DeskServer, reviewer: () => string | null): Desk {
  const [state, setState] = useState<DeskState | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  /** Counts returns of a lost server: desks then load their views again. */
  const [nReturns, setReturns] = useState(0);
  const latest = useRef<DeskState | null>(null);
  const nStored = useRef(0);
  const askName = useRef(reviewer);
  askName.current = reviewer;

  const notify = useCallback((text: string, tone: Notice["tone"] = "plain", canUndo = false) => {
    setNotice((old) => ({ number: (old?.number ?? 0) + 1, text, tone, canUndo }));
  }, []);

  const accept = useCallback((next: DeskState) => {
    latest.current = next;
    setState((old) => old?.revision === next.revision ? old : next);
    setTrouble((old) => {
      if (old !== null) setReturns((n) => n + 1);
      return null;
    });
  }, []);

  const refresh = useCallback(async () => {
    const stored = nStored.current;
    try {
      const known = latest.current;
      const isKnown = known !== null &&
        (await server.get<DeskRevision>("/api/revision")).revision === known.revision;
      const next = isKnown ? known : await server.get<DeskState>("/api/desk");
      // an answer from before a decision would show it as not taken
      if (stored === nStored.current) accept(next);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  }, [server]);

  const isTroubled = trouble !== null;
  useEffect(() => {
    let isOver = false, timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") await refresh();
      if (!isOver) timer = setTimeout(turn, isTroubled ? RETRY_MS : POLL_MS);
    };
    const onVisible = () => {
      if (document.visibilityState === "visible") turn();
    };
    if (isTroubled) timer = setTimeout(turn, RETRY_MS);
    else turn();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [refresh, isTroubled]);

  const client = useMemo<DeskClient>(() => {
    const underway = new Map<string, Promise<SignAnswer>>();
    const store = async (request: Omit<SignRequest, "by">): Promise<SignAnswer> => {
      const by = askName.current();
      if (by === null) {
        return { refused: "malformed", reason: "Decisions are signed: write your name first." };
      }
      try {
        const answer = await server.sign({ ...request, by });
        if ("stored" in answer) {
          ++nStored.current;
          if (request.verdict !== "withdraw") rememberSigned(answer.stored);
          accept(answer.state);
        } else await refresh();
        return answer;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (error instanceof ServerGone) setTrouble(GONE);
        return { refused: "malformed", reason };
      }
    };
    const sign = (request: Omit<SignRequest, "by">): Promise<SignAnswer> => {
      const key = JSON.stringify([request.kind, request.subject]);
      const found = underway.get(key);
      // a key pressed twice is one decision
      if (found !== undefined) return found;
      const answer = store(request).then((said) => {
        underway.delete(key);
        const isStored = "stored" in said;
        const canUndo = isStored && request.verdict !== "withdraw";
        notify(answerWords(said), isStored ? "plain" : "alarm", canUndo);
        return said;
      });
      underway.set(key, answer);
      return answer;
    };
    return {
      get: (path) => server.get(path),
      sign,
      async undo() {
        // what is on its way is what the person means
        await Promise.all(underway.values());
        const known = latest.current;
        const last = lastSigned();
        if (known === null || last === null) {
          notify("There is nothing to undo: this page has signed nothing.");
          return false;
        }
        const subject = known.subjects.find(({ kind, id }) =>
          kind === last.kind && id === last.subject
        );
        const inForce = subject?.decision ??
          known.orphans.find(({ kind, subject: id }) => kind === last.kind && id === last.subject);
        if (inForce?.number !== last.number) {
          forgetSigned();
          notify(
            (inForce?.number ?? 0) > last.number
              ? `${inForce!.by} has decided on it since, so it was not undone.`
              : "It was taken back already.",
            "alarm",
          );
          return false;
        }
        const answer = await sign({
          kind: last.kind,
          subject: last.subject,
          verdict: "withdraw",
          value: {},
          comment: "",
          seen: subject?.seen ?? last.seen,
          after: subject?.nDecisions ?? last.number,
        });
        if ("stored" in answer || answer.refused !== "malformed") forgetSigned();
        return "stored" in answer;
      },
    };
  }, [server, nReturns]);

  const find = useFind(server, state, { nReturns, onTrouble: setTrouble });
  const closeNotice = useCallback(() => setNotice(null), []);
  return { state, trouble, client, find, notice, notify, closeNotice, retry: refresh };
}
