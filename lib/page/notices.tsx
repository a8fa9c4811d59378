/// <reference lib="dom" />

/** A line for the person. */
export interface Notice {
  /** Rises, so that equal words are spoken twice. */
  readonly number: number;
  readonly text: string;
  /** `alarm` stays until it is put away; the other makes room for the next. */
  readonly tone: "plain" | "alarm";
  readonly canUndo: boolean;
}

/** The last notice, in a region that screen readers speak. */
export function Notices({ notice, onUndo, onClose }: {
  notice: Notice | null;
  onUndo: () => void;
  onClose: () => void;
}) {
  const shown = (tone: Notice["tone"]) =>
    notice !== null && notice.tone === tone && (
      <div class={`notice notice-${tone} row`} key={notice.number}>
        <span class="notice-text">{notice.text}</span>
        {notice.canUndo && (
          <button type="button" class="button button-small" aria-keyshortcuts="u" onClick={onUndo}>
            Undo <kbd aria-hidden="true">u</kbd>
          </button>
        )}
        <button
          type="button"
          class="button button-small"
          aria-label="Put the notice away"
          onClick={onClose}
        >
          ×
        </button>
      </div>
    );
  return (
    <div class="notices">
      <div role="status">{shown("plain")}</div>
      <div role="alert">{shown("alarm")}</div>
    </div>
  );
}
