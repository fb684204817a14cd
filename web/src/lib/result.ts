import type { Column, QueryResult, Role, Scalar } from "../api/types";

/** A value as a number; null where there is none. */
export const asNumber = (value: Scalar | undefined): number | null => {
  if (typeof value === "number") return value;
  if (typeof value === "string" && value !== "" && Number.isFinite(Number(value))) return Number(value);
  return null;
};

/** The place of a column of a role, of a metric where one is named; -1 without one. */
export function columnAt(result: QueryResult, role: Role, metric?: string): number {
  return result.columns.findIndex((c) => c.role === role && (metric === undefined || c.metric === metric));
}

export const dimensionColumns = (result: QueryResult): Column[] => result.columns.filter((c) => c.role === "dimension");
export const metricColumn = (result: QueryResult, metric: string): Column | undefined =>
  result.columns.find((c) => c.role === "metric" && c.metric === metric);

export function cell(result: QueryResult, row: Scalar[] | undefined, role: Role, metric?: string): number | null {
  const at = columnAt(result, role, metric);
  return at < 0 || !row ? null : asNumber(row[at]);
}

/** What a group without a value is called. */
export const unnamed = "No value";

/** What the rows that a query gathers as the rest are called. */
export const nameOf = (value: Scalar | undefined): string =>
  value === null || value === undefined || value === ""
    ? unnamed
    : typeof value === "boolean"
      ? value
        ? "Yes"
        : "No"
      : String(value);

/** The names of the groups of a dimension, in the order of the rows. */
export function groupsOf(result: QueryResult, dimension?: string): string[] {
  const at = result.columns.findIndex((c) => c.role === "dimension" && (!dimension || c.name === dimension));
  if (at < 0) return [];
  return [...new Set(result.rows.map((row) => nameOf(row[at])))];
}

export interface SeriesPoint {
  time: string;
  value: number | null;
  before: number | null;
  low: number | null;
  high: number | null;
  complete: boolean;
  /** Where the row stands in the result; -1 for a group without a row in the period. */
  row: number;
}

/** One metric's values over the periods, a line for each group; a result without dimension has one group, "". */
export function seriesOf(result: QueryResult, metric: string): { times: string[]; groups: Map<string, SeriesPoint[]> } {
  const time = columnAt(result, "time");
  const group = columnAt(result, "dimension");
  const complete = columnAt(result, "complete");
  const times: string[] = [];
  const seen = new Map<string, number>();
  for (const row of result.rows) {
    const at = String(row[time] ?? "");
    if (!seen.has(at)) {
      seen.set(at, times.length);
      times.push(at);
    }
  }
  times.sort();
  times.forEach((at, i) => {
    seen.set(at, i);
  });
  const groups = new Map<string, SeriesPoint[]>();
  result.rows.forEach((row, index) => {
    const name = group < 0 ? "" : nameOf(row[group]);
    let points = groups.get(name);
    if (!points) {
      points = times.map((at) => ({
        time: at,
        value: null,
        before: null,
        low: null,
        high: null,
        complete: true,
        row: -1,
      }));
      groups.set(name, points);
    }
    const point = points[seen.get(String(row[time] ?? "")) ?? -1];
    if (!point) return;
    point.value = cell(result, row, "metric", metric);
    point.before = cell(result, row, "comparison", metric);
    point.low = cell(result, row, "low", metric);
    point.high = cell(result, row, "high", metric);
    point.complete = complete < 0 ? true : row[complete] !== false;
    point.row = index;
  });
  return { times, groups };
}
