import type { Compare, Grain, MetricInfo, MetricQuery } from "../api/types";
import { addDays, addMonths, type Day, endOfMonth, startOfMonth } from "../lib/dates";
import { type Filters, segmentFilters } from "../lib/url";
import type { BlockQuery } from "./types";

/** Whether all metrics of a query can be asked for one segment alone. */
export function takesSegment(metrics: string[], filters: Filters, known: MetricInfo[]): boolean {
  const kind = filters.segment?.kind;
  if (!kind) return true;
  return metrics.every((name) => known.find((m) => m.name === name)?.dimensions.includes(kind));
}

/** Whether a range means anything to any of some metrics: others are told as of the last build alone. */
export const overTime = (metrics: string[], known: MetricInfo[]): boolean =>
  metrics.some((name) => known.find((m) => m.name === name)?.grains.some((g) => g !== "none"));

/** Whether figures are kept by month: a month counts whole or not at all. */
export function byMonth(metrics: string[], known: MetricInfo[]): boolean {
  return metrics.some((name) => {
    const grains = known.find((m) => m.name === name)?.grains ?? [];
    return grains.includes("month") && !grains.includes("day");
  });
}

/** The whole months within a range; null where it holds none. */
export function wholeMonths(range: { from: Day; to: Day }): { from: Day; to: Day } | null {
  const from = startOfMonth(range.from) === range.from ? range.from : addMonths(startOfMonth(range.from), 1);
  const to = endOfMonth(range.to) === range.to ? range.to : addDays(startOfMonth(range.to), -1);
  return from <= to ? { from, to } : null;
}

/** The query of a block on a page: its own, in the page's range, against its comparison, for its segment. */
export function pageQuery(
  query: BlockQuery,
  filters: Filters,
  known: MetricInfo[],
  grain: Grain,
  compare: Compare,
): MetricQuery {
  const own = query.filters ?? [];
  const only = takesSegment(query.metrics, filters, known) ? segmentFilters(filters) : [];
  const level = query.metrics.every(
    (name) => known.find((m) => m.name === name)?.grains.every((g) => g === "none") ?? false,
  );
  // The one figure of a range is that of its whole months: a month that is not over would pull it down.
  const range = (grain === "none" && byMonth(query.metrics, known) && wholeMonths(filters)) || filters;
  return {
    metrics: query.metrics,
    dimensions: query.dimensions,
    grain: grain === "none" ? undefined : grain,
    from: range.from,
    to: range.to,
    compare: compare === "none" || level ? undefined : compare,
    filters: own.length + only.length > 0 ? [...own, ...only] : undefined,
    top: query.top?.n ? query.top : undefined,
    order_by: query.order_by,
    limit: query.limit || undefined,
  };
}

/** The grain of a tile's sparkline: enough points for a shape, not more than pixels. */
export function sparkGrain(days: number): Grain {
  if (days <= 45) return "day";
  return days <= 400 ? "week" : "month";
}

const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a;
const later = (a: string, b: string): string => [a, b].sort()[1] ?? b;

/** The first and last day of the period that a point of a chart stands for, within the range. */
export function periodRange(start: string, grain: Grain, filters: Filters): { from: string; to: string } {
  const next = {
    day: () => addDays(start, 1),
    week: () => addDays(start, 7),
    month: () => addMonths(startOfMonth(start), 1),
    quarter: () => addMonths(startOfMonth(start), 3),
    year: () => addMonths(startOfMonth(start), 12),
    none: () => addDays(filters.to, 1),
  }[grain]();
  const last = addDays(next, -1);
  return { from: later(start, filters.from), to: earlier(last, filters.to) };
}
