/** The API's answers under the names that the app uses for them, and the words that stand in them. */
import type { components } from "./schema";

type Schemas = components["schemas"];

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

/** The session; days are null where the server has none. */
export type Session = Omit<Schemas["SessionAnswer"], "as_of" | "first_day" | "last_day"> & {
  as_of: string | null;
  first_day: string | null;
  last_day: string | null;
};

export type MetricInfo = Omit<Schemas["MetricItem"], "format" | "direction" | "grains"> & {
  format: Format;
  direction: Direction;
  grains: Grain[];
};

export type DimensionInfo = Schemas["DimensionItem"];

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

export type Column = Omit<Schemas["Column"], "role" | "format" | "direction"> & {
  role: Role;
  format?: Format;
  direction?: Direction;
};

export type Period = Schemas["Period"];

export type QueryResult = Pick<Schemas["QueryAnswer"], "period" | "is_complete" | "data_version" | "as_of"> & {
  columns: Column[];
  rows: Scalar[][];
  comparison: Period | null;
};
