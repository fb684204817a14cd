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
  name: string;
  customers: number;
  share: number | null;
  revenue: number | null;
  revenue_share: number | null;
}

export interface WaterfallLine {
  class: string;
  label?: string;
  lines: number;
  amount: number | null;
  share?: number | null;
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
  model: string;
  columns: { name: string; label: string; type: string; format?: string }[];
  rows: (string | number | boolean | null)[][];
  next_cursor?: string | null;
  total?: number | null;
}

export interface CustomerRow {
  customer_id: string;
  name?: string | null;
  country?: string | null;
  rfm_group?: string | null;
  spending_segment?: string | null;
  activity_status?: string | null;
  order_count?: number | null;
  net_revenue?: number | null;
  last_order_day?: string | null;
  recency?: number | null;
  churn_risk_band?: string | null;
  churn_risk_score?: number | null;
}

export interface Run {
  id: string;
  command: string;
  status: string;
  started_at: string;
  finished_at: string | null;
  nodes_done?: number;
  nodes_total?: number;
  errors?: number;
  warnings?: number;
  message?: string | null;
}

export interface RunDetail extends Run {
  nodes: {
    unique_id: string;
    name: string;
    status: string;
    seconds: number | null;
    message?: string | null;
    rows?: number | null;
  }[];
}

export interface LineageNode {
  unique_id: string;
  name: string;
  kind: string;
  schema?: string | null;
  status?: string | null;
}

export interface Lineage {
  nodes: LineageNode[];
  edges: { from: string; to: string }[];
}

export interface TestResult {
  unique_id: string;
  name: string;
  model?: string | null;
  column?: string | null;
  status: string;
  failures?: number | null;
  message?: string | null;
  ran_at?: string | null;
}

export interface SourceState {
  name: string;
  table: string;
  rows: number | null;
  is_synthetic: boolean;
  loaded_at: string | null;
  status: string;
  description?: string;
}

export interface Reject {
  file: string;
  line: number | null;
  column: string | null;
  value: string | null;
  reason: string;
  loaded_at?: string | null;
  table?: string | null;
}

export interface ModelSummary {
  name: string;
  unique_id: string;
  schema: string | null;
  description: string;
  tests_passed?: number;
  tests_failed?: number;
  built_at?: string | null;
}

export interface ModelDetail extends ModelSummary {
  columns: { name: string; type?: string | null; description: string; is_personal?: boolean; tests?: string[] }[];
  sql: string;
  compiled_sql?: string;
  tests: { name: string; status: string }[];
  parents: string[];
  children: string[];
}

/** A customer as the profile model has them; personal columns are masked unless revealed. */
export interface CustomerProfile {
  customer_id: string;
  profile: Record<string, string | number | boolean | null>;
  masked: string[];
  is_revealed: boolean;
  consents: { purpose: string; channel: string | null; is_granted: boolean; changed_at: string | null }[];
  churn_reasons: { text: string; points: number | null }[];
  counts: Record<string, number>;
}

export interface TimelineEvent {
  id: string;
  kind: string;
  at: string;
  title: string;
  detail: string | null;
  amount: number | null;
  tone?: "good" | "bad" | "none" | null;
}

export interface Transaction {
  transaction_id: string;
  at: string;
  order_id: string | null;
  product: string | null;
  category: string | null;
  class: string;
  channel: string | null;
  quantity: number | null;
  price: number | null;
  amount: number | null;
}
