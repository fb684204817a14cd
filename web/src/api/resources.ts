/** The shapes of the API's other resources. */

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
  total?: number | null;
}

export interface CohortCell {
  month: number;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  is_complete: boolean;
}

export interface Cohorts {
  cohorts: { cohort: string; size: number; cells: CohortCell[] }[];
  average: { month: number; value: number | null; low: number | null; high: number | null; n: number | null }[];
}

export interface Segment {
  /** null: customers without a segment of the kind. */
  name: string | null;
  customers: number;
  share: number | null;
  revenue: number | null;
  revenue_share: number | null;
}

/** What became of the rows of one class. */
export interface WaterfallStep {
  source_system: string;
  transaction_class: string;
  row_count: number;
  row_share: number | null;
  amount: number | null;
  in_net_revenue: boolean;
  description: string | null;
}

/** What became of the lines of a sales log, rule by rule. */
export interface LogStep {
  line_class: string;
  line_count: number;
  line_share: number | null;
  amount: number | null;
  lines_left: number;
  customer_count: number;
  in_net_revenue: boolean;
  description: string | null;
}

export interface WaterfallAnswer {
  items: WaterfallStep[];
  log: LogStep[];
}

export interface Explanation {
  metric: string;
  label: string;
  definition: string;
  formula: string;
  sql: string;
  period: { from: string; to: string; label: string } | null;
  models: {
    name: string;
    description: string;
    unique_id: string;
    tests_passed: number;
    tests_failed: number;
    built_at: string | null;
  }[];
  lineage: string[];
  tests: { name: string; model: string; status: string }[];
  built_at: string | null;
  as_of: string | null;
  parts?: { metric: string; label: string; model: string }[];
  rows_available?: boolean;
}

export interface MetricRows {
  metric: string;
  part: string;
  model: string;
  parts: { metric: string; label: string; model: string }[];
  columns: { name: string; label: string; type: string; format?: string }[];
  rows: (string | number | boolean | null)[][];
  next_cursor: string;
}

export interface CustomerRow {
  customer_id: string;
  country: string | null;
  rfm_group: string | null;
  spending_segment: string | null;
  activity_status: string | null;
  order_count: number | null;
  net_revenue: number | null;
  last_order_day: string | null;
  recency: number | null;
}

export interface Run {
  id: string;
  command: string;
  arguments: string;
  started_by: string;
  status: string;
  started_at: string;
  ended_at: string | null;
  seconds: number;
  done: number;
  total: number;
  message: string;
}

export interface RunDetail extends Run {
  nodes: { unique_id: string; name: string; kind: string; status: string; message: string; seconds: number }[];
}

export interface ModelSummary {
  unique_id: string;
  name: string;
  kind: string;
  schema: string;
  description: string;
  status: string;
  built_at: string | null;
  tests_passed: number;
  tests_failed: number;
  parents: string[];
}

export interface Lineage {
  nodes: ModelSummary[];
  edges: { from: string; to: string }[];
}

export interface TestResult {
  unique_id: string;
  name: string;
  column: string;
  status: string;
  message: string;
  models: string[];
  seconds: number;
}

export interface ModelDetail extends ModelSummary {
  columns: { name: string; type: string; description: string; personal: boolean }[];
  sql: string;
  raw_sql: string;
  tests: TestResult[];
  children: string[];
}

export interface SourceState {
  source_name: string;
  is_present: boolean;
  row_count: number;
  last_loaded_at: string | null;
  newest_event_at: string | null;
  is_synthetic: boolean | null;
  fill_command: string;
  note: string | null;
}

export interface Load {
  load_id: number;
  source: string | null;
  table_name: string;
  file: string;
  rows_loaded: number;
  rows_rejected: number;
  finished_at: string;
}

export interface Reject {
  number: number;
  source: string | null;
  file: string;
  line: number | null;
  column_name: string | null;
  value: string | null;
  reason: string;
}

/** A customer's profile: the columns of the profile model. */
export type Profile = Record<string, string | number | boolean | null> & { customer_id: string };

export interface TimelineEvent {
  kind: string;
  at: string;
  id: string;
  title: string;
  detail: string | null;
  channel: string | null;
  amount: number | null;
  value: number | null;
  status: string | null;
}

export interface Transaction {
  transaction_id: string;
  order_id: string | null;
  transaction_at: string;
  transaction_class: string;
  product_id: string | null;
  product_name: string | null;
  category_group: string | null;
  channel: string | null;
  quantity: number | null;
  amount: number | null;
}

export interface SpendingPeriod {
  period: string;
  orders: number;
  net_revenue: number;
  is_complete: boolean;
}
