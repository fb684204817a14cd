import type { Filter, QueryResult, Scalar } from "../api/types";
import { cell, metricColumn, nameOf } from "../lib/result";

/** A group of a result with its figures, metric by metric. */
export interface Group {
  name: string;
  /** The values of the dimensions, for filters. */
  keys: Scalar[];
  values: Record<
    string,
    { now: number | null; before: number | null; low: number | null; high: number | null; n: number | null }
  >;
}

export function groups(result: QueryResult): Group[] {
  const dimensions = result.columns.flatMap((c, i) => (c.role === "dimension" ? [i] : []));
  const metrics = result.columns.filter((c) => c.role === "metric").map((c) => c.metric ?? c.name);
  return result.rows.map((row) => ({
    name: nameOf(row[dimensions[0] ?? -1]),
    keys: dimensions.map((i) => row[i] ?? null),
    values: Object.fromEntries(
      metrics.map((m) => [
        m,
        {
          now: cell(result, row, "metric", m),
          before: cell(result, row, "comparison", m),
          low: cell(result, row, "low", m),
          high: cell(result, row, "high", m),
          n: cell(result, row, "n", m),
        },
      ]),
    ),
  }));
}

export const now = (group: Group, metric: string): number | null => group.values[metric]?.now ?? null;

export const total = (list: Group[], metric: string): number => list.reduce((sum, g) => sum + (now(g, metric) ?? 0), 0);

export const labelOf = (result: QueryResult | undefined, metric: string): string =>
  (result && metricColumn(result, metric)?.label) || metric;

/** The filter that keeps one group. */
export const only = (dimension: string, value: Scalar): Filter =>
  value === null ? { dimension, op: "is_null" } : { dimension, op: "eq", values: [value] };
