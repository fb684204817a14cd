import { lazy, type ReactNode, Suspense, useState } from "react";

const MenuPopup = lazy(() => import("./menu-popup"));

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
  const button = (
    <button
      type="button"
      className={props.className}
      aria-label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
    >
      {props.children}
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <MenuPopup {...props} />
    </Suspense>
  );
}
