import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  kind: string;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** The panel beside the page: focus comes in when it opens, Esc closes it, and focus goes back. */
export function Panel({ kind, title, onClose, children }: Props): ReactNode {
  const ref = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    ref.current?.focus({ preventScroll: true });
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector(".dialog, .menu"))
        close.current();
    };
    window.addEventListener("keydown", key);
    return () => {
      window.removeEventListener("keydown", key);
      if (before?.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside className="panel" aria-label={`${kind} ${title}`} tabIndex={-1} ref={ref}>
      <header>
        <div>
          <p className="small ink-3">{kind}</p>
          <h2>{title}</h2>
        </div>
        <button type="button" className="btn quiet" onClick={onClose}>
          Close <kbd className="kbd">Esc</kbd>
        </button>
      </header>
      {children}
    </aside>
  );
}
