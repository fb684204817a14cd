/** The API's resources under the names that the app uses, from its own description of them. */
import type { Cohort, components } from "./schema";

type Schemas = components["schemas"];

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
  total?: number | null;
}

export type CohortCell = Schemas["CohortCell"];
export type Cohorts = Pick<Schemas["CohortsAnswer"], "average"> & { cohorts: Cohort[] };
export type CustomerRow = Schemas["CustomerItem"];
export type Explanation = Schemas["ExplainAnswer"];
export type Lineage = Schemas["LineageAnswer"];
export type Load = Schemas["LoadItem"];
export type LogStep = Schemas["LogStep"];
export type MetricRows = Omit<Schemas["RowsAnswer"], "rows"> & { rows: (string | number | boolean | null)[][] };
export type ModelDetail = Schemas["ModelAnswer"];
export type ModelSummary = Schemas["ModelItem"];
export type Profile = Schemas["Profile"];
export type Reject = Schemas["Reject"];
export type Revealed = Schemas["RevealAnswer"];
export type Run = Schemas["RunItem"];
export type RunDetail = Schemas["RunAnswer"];
export type SearchHit = Schemas["SearchItem"];
export type Segment = Schemas["Segment"];
export type SourceColumn = Schemas["ProfileColumn"];
export type SourceProfile = Schemas["SourceProfileAnswer"];
export type SourceState = Schemas["SourceItem"];
export type SpendingPeriod = Schemas["SpendingPeriod"];
export type TestResult = Schemas["TestItem"];
export type TimelineEvent = Schemas["TimelineEvent"];
export type Transaction = Schemas["Transaction"];
export type WaterfallAnswer = Schemas["WaterfallAnswer"];
export type WaterfallStep = Schemas["WaterfallStep"];
