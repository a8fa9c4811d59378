/** A page of a venue, cut into what all of them have. Its parts are the caller's to change. */
export interface Page {
  /** The whole JSON. */
  readonly root: () => unknown;
  readonly rows: () => readonly unknown[];
  readonly setRows: (rows: readonly unknown[]) => void;
  /** Takes the list away: a bare list becomes `{}`. */
  readonly dropRows: () => void;
  /** Where the next page begins; empty where there is none. */
  readonly cursor: string;
  readonly setCursor: (cursor: string) => void;
}

type Fields = Record<string, unknown>;

/** Reads a JSON text as a page; `undefined` where it has no list of records. */
export function pageOf(text: string): Page | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const holder: Fields = { root: parsed };
  const place = listPlace(holder, 4);
  if (place === undefined) return undefined;
  const [fields, name] = place;
  const cursorPlace = cursorOf(parsed);
  return {
    root: () => holder.root,
    rows: () => fields[name] as unknown[],
    setRows: (rows) => void (fields[name] = rows),
    dropRows: () => {
      if (fields === holder) holder.root = {};
      else delete fields[name];
    },
    cursor: cursorPlace === undefined ? "" : cursorPlace[0][cursorPlace[1]] as string,
    setCursor: (cursor) => {
      if (cursorPlace !== undefined) cursorPlace[0][cursorPlace[1]] = cursor;
    },
  };
}

/** The cursor that a request asks with, and the request without it: the name of the list. */
export function listOfRequest(
  request: Request,
): { readonly list: string; readonly cursor: string } {
  const url = new URL(request.url);
  let cursor = "";
  for (const name of ["after_cursor", "next_cursor", "cursor"]) {
    cursor ||= url.searchParams.get(name) ?? "";
    url.searchParams.delete(name);
  }
  url.searchParams.sort();
  return { list: `${request.method} ${url.pathname}?${url.searchParams}`, cursor };
}

/** The first list of records, the shallowest first. */
function listPlace(holder: Fields, depth: number): [Fields, string] | undefined {
  let level = [holder];
  for (let k = 0; k < depth; ++k) {
    const below: Fields[] = [];
    for (const fields of level) {
      for (const [name, value] of Object.entries(fields)) {
        if (Array.isArray(value) && isRecord(value[0])) return [fields, name];
        if (isRecord(value)) below.push(value);
      }
    }
    level = below;
  }
  return undefined;
}

function cursorOf(root: unknown): [Fields, string] | undefined {
  if (!isRecord(root)) return undefined;
  for (const fields of [root, root.pagination]) {
    if (!isRecord(fields)) continue;
    for (const name of ["next_cursor", "cursor"]) {
      if (typeof fields[name] === "string" && fields[name] !== "") return [fields, name];
    }
  }
  return undefined;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
