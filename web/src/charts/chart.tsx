import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useShownTheme } from "../lib/theme";
import type { Drawing } from "./engine";
import type { Canvas, Chart as Drawn } from "./option";
import { readTokens, type Tokens } from "./tokens";
import { Tooltip } from "./tooltip";

export type Build = (canvas: Canvas) => Drawn;

interface Props {
  /** Makes the chart for a width; the same function as long as the data is the same. */
  build: Build;
  height: number;
  currency: string;
  /** What the chart shows, in one sentence. */
  label: string;
  /** Follows a point down to what it is made of. */
  onDrill?: (index: number) => void;
  /** What the reader is told about drilling. */
  drillHint?: string;
}

const loadEngine = () => import("./engine");

/** A drawing with its tooltip: pointer, arrow keys, Enter to drill, Escape to leave the point. */
export function Chart({ build, height, currency, label, onDrill, drillHint }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const theme = useShownTheme();
  const width = useWidth(box);
  const [point, setPoint] = useState<number | null>(null);
  const hint = useId();

  // The theme decides what the tokens are, though the call does not show it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const tokens = useMemo<Tokens>(readTokens, [theme]);
  const chart = useMemo(
    () => (width > 0 ? build({ width, height, tokens, currency }) : null),
    [build, width, height, tokens, currency],
  );

  useEffect(() => {
    const element = box.current;
    if (!element || !chart) return;
    let current = true;
    void loadEngine().then(({ draw }) => {
      if (!current) return;
      drawing.current ??= draw(element);
      drawing.current.resize({ width, height });
      drawing.current.setOption(chart.option, { replaceMerge: ["series", "graphic"] });
      element.dataset.drawn = "true";
    });
    return () => {
      current = false;
    };
  }, [chart, width, height]);

  useEffect(
    () => () => {
      drawing.current?.dispose();
      drawing.current = null;
    },
    [],
  );

  const points = chart?.points ?? [];
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (!chart) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    setPoint(nearest(chart, event.clientX - bounds.left, event.clientY - bounds.top));
  };
  const key = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = step(event.key, point, points.length);
    if (next !== undefined) {
      event.preventDefault();
      setPoint(next);
    } else if (event.key === "Enter" && point !== null && onDrill) {
      event.preventDefault();
      onDrill(point);
    } else if (event.key === "Escape" && point !== null) {
      event.stopPropagation();
      setPoint(null);
    }
  };
  const shown = point === null ? undefined : points[point];
  return (
    <div
      className={onDrill ? "chart drills" : "chart"}
      role="application"
      aria-roledescription="chart"
      aria-label={label}
      aria-describedby={hint}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move through its points
      tabIndex={0}
      onKeyDown={key}
      onBlur={() => setPoint(null)}
      onPointerMove={move}
      onPointerLeave={() => setPoint(null)}
      onClick={() => point !== null && onDrill?.(point)}
    >
      <span className="sr" id={hint}>
        Arrow keys move through the points. {onDrill ? (drillHint ?? "Enter shows the rows behind one.") : ""} The same
        as a table is in the menu.
      </span>
      <div ref={box} className="drawing" style={{ height }} aria-hidden="true" />
      {shown && chart && (
        <Tooltip
          tip={shown.tip}
          x={shown.x}
          y={shown.y}
          box={shown.box}
          chart={chart}
          width={width}
          hint={onDrill ? drillHint : undefined}
        />
      )}
    </div>
  );
}

/** Where a key leads from a point; undefined for keys that lead nowhere. */
export function step(key: string, from: number | null, length: number): number | undefined {
  if (length === 0) return undefined;
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return from === null ? 0 : Math.min(length - 1, from + 1);
    case "ArrowLeft":
    case "ArrowUp":
      return from === null ? length - 1 : Math.max(0, from - 1);
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return undefined;
  }
}

/** The point that a place on the chart means; null when none is near. */
export function nearest(chart: Drawn, x: number, y: number): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, point] of chart.points.entries()) {
    const { box } = point;
    if (box) {
      if (x >= box.x && x < box.x + box.w && y >= box.y && y < box.y + box.h) return i;
      continue;
    }
    const distance = chart.nearest === "x" ? Math.abs(point.x - x) : Math.hypot(point.x - x, point.y - y);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return chart.nearest === "xy" && least > 32 ? null : best;
}

/** The width that an element has, followed as it changes. */
export function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
