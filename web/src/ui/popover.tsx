import { lazy, type ReactNode, Suspense, useState } from "react";
import { Boundary } from "./boundary";
import { failed } from "./menu";

const PopoverPopup = lazy(() => import("./popover-popup"));

export interface PopoverProps {
  /** What stands on the button. */
  face: ReactNode;
  /** What the button is called, where its face does not say it all. */
  label?: string;
  title: string;
  className: string;
  /** The content; it is given a way to close the popover. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens a small window beside it. Its machinery is loaded when it is first wanted. */
export function Popover(props: PopoverProps): ReactNode {
  const [wanted, setWanted] = useState(false);
  const button = (act: () => void, title?: string): ReactNode => (
    <button
      type="button"
      className="btn drop"
      aria-label={props.label}
      aria-haspopup="dialog"
      aria-expanded={false}
      title={title}
      onClick={act}
    >
      {props.face}
    </button>
  );
  if (!wanted) return button(() => setWanted(true));
  return (
    <Boundary fallback={(retry) => button(retry, failed)}>
      <Suspense fallback={button(() => undefined)}>
        <PopoverPopup {...props} />
      </Suspense>
    </Boundary>
  );
}
