import type { ReactNode } from "react";
import { dayRange, daysBetween, longDay } from "../lib/dates";
import { useFilters } from "../lib/filters";

interface Props {
  title: string;
  /** Stands instead of the range. */
  line?: string;
  actions?: ReactNode;
}

/** A page's name, what its figures are of, and until when. */
export function PageHead({ title, line, actions }: Props): ReactNode {
  const { filters, session } = useFilters();
  const days = daysBetween(filters.from, filters.to);
  const length = days % 7 === 0 && days > 7 ? `${days / 7} weeks` : `${days} days`;
  const before = filters.asked === "year" ? "the year before" : `the ${length} before`;
  const against =
    filters.asked === "none"
      ? ""
      : filters.asked === filters.compare
        ? `, against ${before}`
        : `, with no data of all of ${before} to compare with`;
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <p title={`${dayRange(filters.from, filters.to)}${session.as_of ? `, as of ${longDay(session.as_of)}` : ""}`}>
        {line ?? `${length} to ${longDay(filters.to)}${against}`}
        {filters.segment ? `, ${filters.segment.name} only` : ""}
      </p>
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}
