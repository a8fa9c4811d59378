/** Shows all of a long text, or its head; key r, which the desk registers. */
export function FoldButton({ what, isOpen, onToggle }: {
  /** What is folded, such as "the rules". */
  what: string;
  isOpen: boolean;
  onToggle: () => void;
}) {
  return (
    <button
      type="button"
      class="button button-small"
      aria-expanded={isOpen}
      aria-keyshortcuts="r"
      onClick={onToggle}
    >
      {isOpen ? `Fold ${what}` : `Show all of ${what}`}
      <kbd aria-hidden="true">r</kbd>
    </button>
  );
}
