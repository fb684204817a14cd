import type { ReactNode } from "react";

/** What the shades stand for, from the least to the most. */
export function Ramp({ low, high }: { low: string; high: string }): ReactNode {
  return (
    <p className="legend under-table">
      <span className="ramp">
        {low}{" "}
        <i>
          {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => (
            <b key={step} className={`seq-${step}`} />
          ))}
        </i>{" "}
        {high}
      </span>
    </p>
  );
}
