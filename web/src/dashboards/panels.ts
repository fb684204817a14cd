import type { Filter } from "../api/types";
import { useFilters } from "../lib/filters";

/** What a drill leads to: the rows behind a number. */
export interface RowsRequest {
  metric: string;
  /** Of a ratio: the metric of its parts whose rows to show; without it the first. */
  part?: string;
  title: string;
  from: string;
  to: string;
  filters: Filter[];
}

/** Opens the panel that explains a number, or that lists its rows; the address keeps it. */
export function usePanels(): {
  explain: (metric: string) => void;
  rows: (request: RowsRequest) => void;
  close: () => void;
} {
  const { setParams } = useFilters();
  return {
    explain: (metric) => setParams({ explain: metric, rows: null, pick: null }),
    rows: (request) => setParams({ rows: JSON.stringify(request), explain: null, pick: null }),
    close: () => setParams({ explain: null, rows: null, pick: null }),
  };
}
