import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { Box, Chart, Tip } from "./option";

interface Props {
  tip: Tip;
  x: number;
  y: number;
  box?: Box;
  chart: Chart;
  width: number;
  hint?: string;
}

/** A point's values beside the cursor's line, never over the mark. */
export function Tooltip({ tip, x, y, box, chart, width, hint }: Props): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ w: 0, h: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element && (element.offsetWidth !== size.w || element.offsetHeight !== size.h)) {
      setSize({ w: element.offsetWidth, h: element.offsetHeight });
    }
  });
  const toRight = x + 12 + size.w <= width;
  const left = Math.max(0, toRight ? x + 12 : x - 12 - size.w);
  const top = Math.max(0, Math.min(chart.bottom - size.h, chart.nearest === "x" ? chart.top : y + 10));
  return (
    <>
      {chart.nearest === "x" && (
        <span
          className="cursor-line"
          style={{ left: Math.round(x), top: chart.top, height: chart.bottom - chart.top }}
        />
      )}
      {box && <span className="cursor-box" style={{ left: box.x, top: box.y, width: box.w, height: box.h }} />}
      <div ref={ref} className="tip" role="status" style={{ left, top }}>
        <p className="tip-title">{tip.title}</p>
        <dl>
          {tip.rows.map((row) => (
            <div key={row.label}>
              <dt>
                {row.color && <span className={row.line ? "key line" : "key"} style={{ background: row.color }} />}
                {row.label}
              </dt>
              <dd>{row.value}</dd>
            </div>
          ))}
        </dl>
        {(tip.footer || hint) && <footer>{[tip.footer, hint].filter(Boolean).join(". ")}</footer>}
      </div>
    </>
  );
}
