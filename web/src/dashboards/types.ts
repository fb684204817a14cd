import type { Filter, Grain } from "../api/types";
import type { FindingCase } from "../finding/finding";

/** A page of blocks, as dashboards/*.yml has it; internal/dashboard says what each field means. */
export interface Dashboard {
  name: string;
  title: string;
  description: string;
  order: number;
  rows: { tab?: string; blocks: BlockDef[] }[];
}

export type BlockKind =
  | "tiles"
  | "line"
  | "area"
  | "bar"
  | "stacked_bar"
  | "bars"
  | "dots"
  | "dumbbell"
  | "bridge"
  | "treemap"
  | "scatter"
  | "heatmap"
  | "movement"
  | "table"
  | "cohort"
  | "curve"
  | "waterfall"
  | "text";

export interface BlockQuery {
  metrics: string[];
  dimensions?: string[];
  filters?: Filter[];
  top?: { n: number; by?: string; rest?: boolean };
  order_by?: { name: string; desc?: boolean }[];
  limit?: number;
  names?: Record<string, string>;
}

export interface BlockDef {
  name: string;
  kind: BlockKind;
  title: string;
  width: number;
  height?: number;
  query?: BlockQuery;
  grains?: Grain[];
  tiles?: { metric: string; label?: string; lead?: boolean }[];
  finding?: FindingCase[];
  annotations?: { day: string; text: string }[];
  measure?: string;
  months?: number;
  select?: string;
  link?: { to: string; label: string };
  note?: string;
  text?: string;
}
