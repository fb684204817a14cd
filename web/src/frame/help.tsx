import type { ReactNode } from "react";
import { Dialog } from "./dialog";

const keys: [string, string][] = [
  ["⌘ K or Ctrl K", "Search pages, figures, segments, customers and tables"],
  ["/", "The same"],
  ["?", "This list"],
  ["g then o, s, r, c, d", "Overview, Segments, Retention, Customer 360, Data"],
  ["Arrow keys", "In a chart, grid or heat map: from point to point"],
  ["Home, End", "In a chart: the first and the last point"],
  ["Enter", "In a chart, grid or table: what a point is made of"],
  ["Esc", "Closes a panel, a menu, this list"],
];

export default function Help({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  return (
    <Dialog title="Keyboard" open={open} onClose={onClose}>
      <dl className="facts">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd className="kbd">{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
