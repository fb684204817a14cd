/** What the API's answers look like, under the names that the app uses for them. */

export type Scalar = string | number | boolean | null;
export type Format = "money" | "count" | "share" | "pp" | "days" | "hours" | "score" | "ratio" | "decimal";
export type Direction = "up" | "down" | "none";
export type Grain = "none" | "day" | "week" | "month" | "quarter" | "year";
export type Compare = "none" | "previous" | "year";
export type Op = "eq" | "ne" | "in" | "not_in" | "gt" | "gte" | "lt" | "lte" | "between" | "is_null";

export interface Problem {
  status: number;
  title: string;
  detail?: string;
  code?: string;
  hint?: string;
}

export interface Session {
  user: { name: string };
  version: string;
  project: string;
  currency: string;
  is_synthetic: boolean;
  data_version: string;
  as_of: string | null;
  built_at: string | null;
  tests: { passed: number; failed: number; warned: number; ran_at: string | null };
  freshness: { status: "fresh" | "stale" | "unknown"; newest_day: string | null; loaded_at: string | null };
  first_day: string | null;
  last_day: string | null;
  is_built: boolean;
  /** What is wrong with the state of the data or of the project's files; empty when nothing is. */
  notice: string;
  problem: string;
}

export interface MetricInfo {
  name: string;
  label: string;
  description: string;
  type: string;
  format: Format;
  unit?: string;
  direction: Direction;
  dimensions: string[];
  grains: Grain[];
  tags: string[];
}

export interface DimensionInfo {
  name: string;
  label: string;
  description?: string;
  type: string;
  values?: Scalar[];
}

export interface Filter {
  dimension: string;
  op: Op;
  values?: Scalar[];
}

export interface MetricQuery {
  metrics: string[];
  dimensions?: string[];
  grain?: Grain;
  from?: string;
  to?: string;
  compare?: Compare;
  filters?: Filter[];
  top?: { n: number; by?: string; rest?: boolean };
  time_zone?: string;
  order_by?: { name: string; desc?: boolean }[];
  limit?: number;
}

export type Role =
  | "time"
  | "dimension"
  | "metric"
  | "comparison"
  | "comparison_time"
  | "low"
  | "high"
  | "n"
  | "complete";

export interface Column {
  name: string;
  label: string;
  role: Role;
  metric?: string;
  type: string;
  format?: Format;
  unit?: string;
  direction?: Direction;
}

export interface Period {
  from: string;
  to: string;
  label: string;
}

export interface QueryResult {
  columns: Column[];
  rows: Scalar[][];
  period: Period;
  comparison: Period | null;
  is_complete: boolean;
  is_truncated?: boolean;
  data_version: string;
  as_of: string;
}
