import type { ReactNode } from "react";
import { useRanged } from "../dashboards/ranged";
import { dayRange, daysBetween, longDay } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { plural } from "../lib/format";

interface Props {
  title: string;
  /** Stands instead of the range. */
  line?: string;
  actions?: ReactNode;
}

/** A page's name, what its figures are of, and until when. */
export function PageHead({ title, line, actions }: Props): ReactNode {
  const { filters, session } = useFilters();
  const ranged = useRanged();
  const asOf = session.as_of ? `As of ${longDay(session.as_of)}` : "As of the last build";
  const days = daysBetween(filters.from, filters.to);
  const length = days % 7 === 0 && days > 7 ? `${days / 7} weeks` : plural(days, "day", "days");
  const before = filters.asked === "year" ? "the year before" : `the ${length} before`;
  const against =
    filters.asked === "none"
      ? ""
      : filters.asked === filters.compare
        ? `, against ${before}`
        : `, compared with nothing: the data begins ${longDay(session.first_day ?? filters.from)}`;
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <p title={ranged ? `${dayRange(filters.from, filters.to)}, ${asOf.toLowerCase()}` : undefined}>
        {line ?? (ranged ? `${length} to ${longDay(filters.to)}${against}` : asOf)}
        {filters.segment ? `, ${filters.segment.name} only` : ""}
      </p>
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}
