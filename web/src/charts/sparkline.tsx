import type { ReactNode } from "react";

interface Props {
  values: (number | null)[];
  before?: (number | null)[];
  height: number;
  width?: number;
}

/** A line without axes and a dot at its end; the period before in grey. It says nothing that the tile's words do not. */
export function Sparkline({ values, before, height, width = 120 }: Props): ReactNode {
  const known = [...values, ...(before ?? [])].filter((v) => v !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const x = (i: number, n: number): number => 2 + (i * (width - 8)) / Math.max(1, n - 1);
  const y = (v: number): number => (high > low ? 3 + (1 - (v - low) / (high - low)) * (height - 6) : height / 2);
  const path = (list: (number | null)[]): string =>
    list
      .map((v, i) =>
        v === null
          ? ""
          : `${i > 0 && list[i - 1] !== null ? "L" : "M"}${x(i, list.length).toFixed(1)} ${y(v).toFixed(1)}`,
      )
      .join("");
  const last = values.findLastIndex((v) => v !== null);
  const end = values[last];
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${width} ${height}`}
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {before && <path className="then" d={path(before)} />}
      <path d={path(values)} />
      {end !== null && end !== undefined && (
        <path className="end" d={`M${x(last, values.length).toFixed(1)} ${y(end).toFixed(1)}h0`} />
      )}
    </svg>
  );
}
