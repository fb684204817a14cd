import { useMemo } from "react";
import { getCsv } from "../api/client";
import { keptAt, queryText, useFigures, useMetrics } from "../api/queries";
import type { Column, Compare, Grain, MetricInfo, MetricQuery, QueryResult, Scalar } from "../api/types";
import type { Table } from "../blocks/block";
import { finding } from "../finding/finding";
import { useFilters } from "../lib/filters";
import { fullValue, greatestOf } from "../lib/format";
import { nameOf } from "../lib/result";
import { pageQuery, takesSegment } from "./query";
import type { BlockDef } from "./types";

export interface BlockData {
  query: MetricQuery | null;
  result: QueryResult | undefined;
  error: unknown;
  loading: boolean;
  stale: boolean;
  retry: () => void;
  /** When the figures were read, where newer ones could not be. */
  keptAt: number | null;
  queryKey: readonly unknown[];
}

/** The figures of a block's query in the page's range; `grain` "none" for one figure a group. */
export function useBlock(def: BlockDef, grain: Grain = "none", compare?: Compare, enabled = true): BlockData {
  const { filters } = useFilters();
  const metrics = useMetrics();
  const against = compare ?? filters.compare;
  const query = useMemo(
    () => (def.query && metrics.data && enabled ? pageQuery(def.query, filters, metrics.data, grain, against) : null),
    [def.query, metrics.data, filters, grain, against, enabled],
  );
  const found = useFigures(query);
  const error = metrics.error ?? found.error;
  const result = useMemo(
    () => (found.data ? renamed(found.data, def.query?.names) : undefined),
    [found.data, def.query?.names],
  );
  return {
    query,
    result,
    error: found.data ? null : error,
    loading: enabled && !result && !error,
    stale: found.isPlaceholderData || (found.isFetching && Boolean(found.data)),
    retry: () => void (metrics.error ? metrics.refetch() : found.refetch()),
    keptAt: keptAt(found),
    queryKey: ["query", query ? queryText(query) : ""],
  };
}

/** The result with the file's words for its groups. */
function renamed(result: QueryResult, names: Record<string, string> | undefined): QueryResult {
  if (!names || Object.keys(names).length === 0) return result;
  const groups = result.columns.flatMap((c, i) => (c.role === "dimension" ? [i] : []));
  return {
    ...result,
    rows: result.rows.map((row) =>
      row.map((value, i) => (groups.includes(i) ? (names[String(value)] ?? value) : value)),
    ),
  };
}

export const useFinding = (def: BlockDef, result: QueryResult | undefined): string => {
  const { session } = useFilters();
  return useMemo(
    () => (result && def.finding ? finding(def.finding, result, session.currency) : ""),
    [def.finding, result, session.currency],
  );
};

/** A result as the table form has it. */
export function tableOf(result: QueryResult, currency: string): Table {
  const shown = result.columns
    .map((c, i) => ({ c, i, greatest: greatestOf(result.rows.map((row) => row[i])) }))
    .filter(({ c }) => c.role !== "comparison_time" && c.role !== "complete");
  const numeric = (c: Column): boolean => c.role !== "time" && c.role !== "dimension";
  return {
    head: shown.map(({ c, greatest }) => ({
      label: c.label,
      numeric: numeric(c),
      show: (value: Scalar | undefined) =>
        numeric(c)
          ? fullValue(value, c.role === "n" ? "count" : c.format, currency, greatest)
          : c.role === "time"
            ? String(value ?? "")
            : nameOf(value),
    })),
    rows: result.rows.map((row) => shown.map(({ i }) => row[i])),
  };
}

export const exportOf =
  (query: MetricQuery): (() => Promise<string>) =>
  () =>
    getCsv("/query", { q: queryText(query) });

/** A block's own note, and that the page's segment does not reach its figures. */
export const withNote = (def: BlockDef, unsegmented: boolean): string =>
  [def.note, unsegmented ? "All customers: this figure is not kept by segment." : ""].filter(Boolean).join(" ");

/** The note of a block over metrics. */
export const segmentNote = (
  def: BlockDef,
  metrics: MetricInfo[] | undefined,
  filters: ReturnType<typeof useFilters>["filters"],
): string => withNote(def, Boolean(metrics && def.query && !takesSegment(def.query.metrics, filters, metrics)));
