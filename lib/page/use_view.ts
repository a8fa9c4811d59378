import { useEffect, useState } from "preact/hooks";
import type { DeskClient } from "./desk_props.ts";

/** A view that the server makes, as far as it is here. */
export interface LoadedView<T> {
  /** The last that arrived; `null` until the first of this path. */
  readonly view: T | null;
  /** Why the last attempt failed, in words for the person. */
  readonly error: string | null;
  readonly isLoading: boolean;
}

/**
 * Loads a view, and again whenever the revision changes; the old one stays on the screen meanwhile. An
 * answer that was overtaken by a later question is dropped.
 */
export function useView<T>(client: DeskClient, path: string, revision: string): LoadedView<T> {
  const [held, setHeld] = useState<LoadedView<T> & { readonly path: string }>({
    path,
    view: null,
    error: null,
    isLoading: true,
  });

  useEffect(() => {
    let isCurrent = true;
    setHeld((old) => ({
      path,
      view: old.path === path ? old.view : null,
      error: old.path === path ? old.error : null,
      isLoading: true,
    }));
    client.get<T>(path).then(
      (view) => {
        if (isCurrent) setHeld({ path, view, error: null, isLoading: false });
      },
      (error: unknown) => {
        if (!isCurrent) return;
        const words = error instanceof Error ? error.message : String(error);
        setHeld((old) => ({ ...old, error: words, isLoading: false }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [client, path, revision]);

  if (held.path !== path) return { view: null, error: null, isLoading: true };
  return { view: held.view, error: held.error, isLoading: held.isLoading };
}
