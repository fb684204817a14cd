import type { Filter, QueryResult, Role, Scalar } from "../api/types";
import { asNumber, columnAt, metricColumn, nameOf } from "../lib/result";

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
  const metrics = result.columns
    .filter((c) => c.role === "metric")
    .map((c) => {
      const name = c.metric ?? c.name;
      const at = (role: Role): number => columnAt(result, role, name);
      return { name, now: at("metric"), before: at("comparison"), low: at("low"), high: at("high"), n: at("n") };
    });
  const pick = (row: Scalar[], at: number): number | null => (at < 0 ? null : asNumber(row[at]));
  return result.rows.map((row) => {
    const values: Group["values"] = {};
    for (const m of metrics) {
      values[m.name] = {
        now: pick(row, m.now),
        before: pick(row, m.before),
        low: pick(row, m.low),
        high: pick(row, m.high),
        n: pick(row, m.n),
      };
    }
    return { name: nameOf(row[dimensions[0] ?? -1]), keys: dimensions.map((i) => row[i] ?? null), values };
  });
}

export const now = (group: Group, metric: string): number | null => group.values[metric]?.now ?? null;

export const total = (list: Group[], metric: string): number => list.reduce((sum, g) => sum + (now(g, metric) ?? 0), 0);

export const labelOf = (result: QueryResult | undefined, metric: string): string =>
  (result && metricColumn(result, metric)?.label) || metric;

/** The filter that keeps one group. */
export const only = (dimension: string, value: Scalar): Filter =>
  value === null ? { dimension, op: "is_null" } : { dimension, op: "eq", values: [value] };
