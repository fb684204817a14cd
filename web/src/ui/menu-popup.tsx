import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import type { Item } from "./menu";

interface Props {
  children: ReactNode;
  label?: string;
  className: string;
  items: (Item | "line")[];
}

/** The menu itself: what is loaded when somebody first reaches for one. It opens at once. */
export default function MenuPopup({ children, label, className, items }: Props): ReactNode {
  return (
    <Base.Root modal={false} defaultOpen>
      <Base.Trigger className={className} aria-label={label}>
        {children}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="floating">
          <Base.Popup className="menu">
            {items.map((item, i) =>
              item === "line" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and items do not move
                <hr key={i} />
              ) : (
                <Base.Item
                  key={item.label}
                  className="menu-item"
                  data-checked={item.checked || undefined}
                  onClick={item.onSelect}
                >
                  <span>{item.label}</span>
                  {item.hint && <small>{item.hint}</small>}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
