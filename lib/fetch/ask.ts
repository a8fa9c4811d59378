/** One request to a host, as data: what a plan is made of and what an answer is stored under. */
export interface Ask {
  /** Name of the host in `config/hosts.yaml`. */
  readonly host: string;
  /** Path and query below the host's base, parameters in a fixed order. Never a credential. */
  readonly path: string;
  /** JSON of a POST; `null` asks with GET. */
  readonly body: string | null;
  /** Form of a whole answer: another form is a fault of the line and is asked for again. */
  readonly format: "json" | "csv";
  /** Which reader understands the answer, unique within a venue: `gamma_markets`. */
  readonly kind: string;
  /** Market id or symbol that it is about; empty for a page about many. */
  readonly subject: string;
  /**
   * Empty where the answer can never change, as for days that have ended. Else the UTC day of which
   * it is the answer, `2026-11-22`: host, path, body and edition name an answer, and each is stored
   * once.
   */
  readonly edition: string;
}

/** A whole answer: status 200 to 299 in the asked form, or 404, which says that there is none. */
export interface Answer {
  readonly ask: Ask;
  /** When all of it was here by the clock of the run, UTC milliseconds: its knowledge time. */
  readonly atMs: number;
  readonly status: number;
  /** Body as it came. Untrusted. */
  readonly text: string;
  /** The parsed body of a JSON answer; `undefined` for a CSV and a 404. Untrusted. */
  readonly value: unknown;
}

/** No answer after all tries, or a refusal that no further try would change. */
export interface Failure {
  readonly ask: Ask;
  readonly atMs: number;
  /** Status of the last response; `null` where none came. */
  readonly status: number | null;
  /** Why, for a person: `the answer ended after 812 of 4,096 bytes`. Without credentials. */
  readonly reason: string;
  /** Whether to ask again later may help: false for a refusal such as 400. */
  readonly isPassing: boolean;
}

/** What became of an ask. */
export type Reply =
  | { readonly isAnswer: true; readonly answer: Answer }
  | { readonly isAnswer: false; readonly failure: Failure };

/** Asks one question of the network or of what is stored; never throws for what a host does. */
export type Asker = (ask: Ask) => Promise<Reply>;

/** The ask in an error or a progress line: host and path, without body. */
export function askText({ host, path, body }: Ask): string {
  return `${body === null ? "GET" : "POST"} ${host} ${path}`;
}
