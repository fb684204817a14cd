import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";

interface Props {
  title: string;
  hideTitle?: boolean;
  open: boolean;
  onClose: () => void;
  className?: string;
  children: ReactNode;
}

/** A window above the page that keeps the focus until it is closed. */
export function Dialog({ title, hideTitle, open, onClose, className, children }: Props): ReactNode {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup className={`dialog ${className ?? ""}`}>
          <Base.Title className={hideTitle ? "sr" : undefined}>{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
