import { useState } from "preact/hooks";
import type { MemberChoice } from "./basket_members.tsx";

/** Something on the desk that the keys can mean: a card, or a change of theme. */
export interface BasketStop {
  readonly key: string;
  /** Members that the arrows walk through while it is open. */
  readonly nMembers: number;
}

/** Where the person is, and what is open. */
export interface BasketStops {
  readonly chosen: string | null;
  readonly choice: MemberChoice;
  /** Grows when the keys move, so that what they moved to takes the focus. */
  readonly focus: number;
  isOpen(key: string): boolean;
  choose(key: string): void;
  chooseMember(key: string, choice: MemberChoice): void;
  open(key: string, isOpen: boolean): void;
  /** To the next stop or the one before. */
  moveStop(step: -1 | 1): void;
  /** To the next member of an open card, else to the next stop. */
  moveMember(step: -1 | 1): void;
}

const NOBODY: MemberChoice = { at: null, isExcluding: false };

/** Moves over the stops by keys and by pointer. The first stop is chosen and open to begin with. */
export function useBasketStops(stops: readonly BasketStop[]): BasketStops {
  const [asked, setChosen] = useState<string | null>(null);
  const [choice, setChoice] = useState(NOBODY);
  const [focus, setFocus] = useState(0);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const at = Math.max(0, stops.findIndex(({ key }) => key === asked));
  const stop = stops[at];
  const isOpen = (key: string) => toggled.get(key) ?? key === stops[0]?.key;

  const choose = (key: string) => {
    setChosen(key);
    if (key !== stop?.key) setChoice(NOBODY);
  };
  const moveStop = (step: -1 | 1) => {
    const next = stops[at + step];
    if (next !== undefined) setChosen(next.key);
    setChoice(NOBODY);
    setFocus((count) => count + 1);
  };
  return {
    ...{ chosen: stop?.key ?? null, choice, focus, isOpen, choose, moveStop },
    chooseMember(key, member) {
      setChosen(key);
      setChoice(member);
    },
    open(key, isNowOpen) {
      choose(key);
      setToggled(new Map(toggled).set(key, isNowOpen));
    },
    moveMember(step) {
      const next = choice.at === null ? (step > 0 ? 0 : -2) : choice.at + step;
      if (stop === undefined || !isOpen(stop.key) || next < -1 || next >= stop.nMembers) {
        return moveStop(step);
      }
      if (next === -1) setFocus((count) => count + 1);
      setChosen(stop.key);
      setChoice({ at: next === -1 ? null : next, isExcluding: false });
    },
  };
}
