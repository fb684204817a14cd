import type { ReactNode } from "react";
import type { SourceColumn } from "../../api/resources";

/** Bars without axes: how the values lie between two bounds, which the words beside it name. */
export function Histogram({
  of,
  width = 120,
  height = 20,
}: {
  of: NonNullable<SourceColumn["histogram"]>;
  width?: number;
  height?: number;
}): ReactNode {
  const high = Math.max(1, ...of.counts);
  const step = width / of.counts.length;
  return (
    <svg className="histogram" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {of.counts.map((n, i) => {
        // What is there is seen, however little.
        const size = n === 0 ? 0 : Math.max(1, (n / high) * height);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <rect key={i} x={i * step} y={height - size} width={Math.max(1, step - 1)} height={size} />
        );
      })}
    </svg>
  );
}
