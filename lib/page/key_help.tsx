/// <reference lib="dom" />
import { useContext, useEffect, useRef } from "preact/hooks";
import { KeyListContext } from "./key_list.ts";

const SHOWN: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  " ": "Space",
};

/** A dialog with every key that works on the open tab. */
export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useContext(KeyListContext);
  useEffect(() => {
    const { current } = dialog;
    if (current === null || current.open === isOpen) return;
    if (isOpen) current.showModal();
    else current.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="key-help"
      aria-labelledby="key-help-title"
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === "?") onClose();
      }}
    >
      <div class="row key-help-head">
        <h2 id="key-help-title">Keys that work here</h2>
        <button type="button" class="button" onClick={onClose}>Close</button>
      </div>
      <p class="muted">They rest while a text field has the focus.</p>
      <table>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Key</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {isOpen && (list?.all() ?? []).map(({ key, label }) => (
            <tr key={`${key} ${label}`}>
              <td>
                <kbd>{SHOWN[key] ?? key}</kbd>
              </td>
              <td>{label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </dialog>
  );
}
