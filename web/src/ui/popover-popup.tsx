import { Popover as Base } from "@base-ui/react/popover";
import { type ReactNode, useState } from "react";
import type { PopoverProps } from "./popover";

/** The popover itself; it opens at once. */
export default function PopoverPopup({ face, label, title, className, children }: PopoverProps): ReactNode {
  const [open, setOpen] = useState(true);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger className="btn drop" aria-label={label}>
        {face}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="floating">
          <Base.Popup className={`menu ${className}`}>
            <Base.Title className="sr">{title}</Base.Title>
            {children(() => setOpen(false))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
