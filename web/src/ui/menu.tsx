import { lazy, type ReactNode, Suspense, useState } from "react";
import { Boundary } from "./boundary";

const MenuPopup = lazy(() => import("./menu-popup"));

/** What a button says that could not open. */
export const failed = "This could not be loaded. Click to load the page anew.";

export interface Item {
  label: string;
  onSelect: () => void;
  hint?: string;
  checked?: boolean;
}

interface Props {
  /** What stands on the button. */
  children: ReactNode;
  /** What the button is called where its face is no words. */
  label?: string;
  className: string;
  items: (Item | "line")[];
}

/** A button with a list of things to do. The list's machinery is loaded when it is first wanted. */
export function Menu(props: Props): ReactNode {
  const [wanted, setWanted] = useState(false);
  const button = (act: () => void, title?: string): ReactNode => (
    <button
      type="button"
      className={props.className}
      aria-label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      title={title}
      onClick={act}
    >
      {props.children}
    </button>
  );
  if (!wanted) return button(() => setWanted(true));
  return (
    <Boundary fallback={(retry) => button(retry, failed)}>
      <Suspense fallback={button(() => undefined)}>
        <MenuPopup {...props} />
      </Suspense>
    </Boundary>
  );
}
