import type { DeskState, SignAnswer, SignRequest } from "../desk/desk_api.ts";
import type { StandingSubject } from "../review/standing_subject.ts";

/** What a desk may ask of the server. */
export interface DeskClient {
  /** Reads JSON, such as `/api/dendrogram`. @throws {Error} With words for the person. */
  get<T>(path: string): Promise<T>;
  /** Signs; the shell shows the new state, or says why it was refused. */
  sign(request: Omit<SignRequest, "by">): Promise<SignAnswer>;
  /** Withdraws what this page signed last; `false` where there is nothing. */
  undo(): Promise<boolean>;
}

/** What every desk is given. */
export interface DeskProps {
  readonly state: DeskState;
  /** A subject of `state` by kind and id. */
  readonly find: (kind: StandingSubject["kind"], id: string) => StandingSubject | undefined;
  readonly client: DeskClient;
  /** Name in the field of who signs, without the blanks around it; empty until there is one. */
  readonly reviewer: string;
  /** A line for the person, spoken by screen readers too. */
  readonly notify: (message: string) => void;
  readonly isDark: boolean;
  /** Whether the desk is the one on the screen; keys of the others sleep. */
  readonly isActive: boolean;
}
