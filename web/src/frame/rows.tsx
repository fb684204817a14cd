import { useInfiniteQuery } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { Link } from "react-router";
import { postJson } from "../api/client";
import { allRows } from "../api/export";
import type { MetricRows } from "../api/resources";
import type { Format, Scalar } from "../api/types";
import { type RowsRequest, usePanels } from "../dashboards/panels";
import { dayRange, moment } from "../lib/dates";
import { download, fileName } from "../lib/download";
import { useFilters } from "../lib/filters";
import { fullValue, plain } from "../lib/format";
import { dataPage, keptSearch } from "../lib/url";
import { Failed, Loading } from "../ui/states";
import { DataTable } from "../ui/table";
import { Panel } from "./panel";

/** The rows that a number is made of, as their table has them. */
export default function RowsPanel({ request: asked }: { request: RowsRequest }): ReactNode {
  const { session } = useFilters();
  const panels = usePanels();
  const body = { metric: asked.metric, part: asked.part, from: asked.from, to: asked.to, filters: asked.filters };
  const found = useInfiniteQuery({
    queryKey: ["rows", JSON.stringify(body)],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      postJson<MetricRows>("/query/rows", { ...body, cursor: pageParam || undefined, limit: 100 }, signal),
    getNextPageParam: (last) => last.next_cursor || undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const first = found.data?.pages[0];
  const parts = first?.parts ?? [];
  const rows = useMemo(() => found.data?.pages.flatMap((p) => p.rows) ?? [], [found.data]);
  const kept = keptSearch(new URLSearchParams(window.location.search));
  return (
    <Panel kind="Rows" title={asked.title} onClose={panels.close}>
      <p className="small ink-3">
        {dayRange(asked.from, asked.to)}
        {asked.filters.map((f) => `, ${f.dimension} ${f.values?.join(", ") ?? "without value"}`)}
      </p>
      {found.error && !first ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !first ? (
        <Loading shape="rows" height={320} />
      ) : (
        <>
          {parts.length > 1 && (
            <>
              <p className="small">The figure is made of {parts.length} parts; these are the rows of one.</p>
              {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own */}
              <div className="chips above" role="group" aria-label="Part of the figure">
                {parts.map((part) => (
                  <button
                    key={part.metric}
                    type="button"
                    className="chip"
                    aria-pressed={part.metric === first.part}
                    onClick={() => panels.rows({ ...asked, part: part.metric })}
                  >
                    {part.label}
                  </button>
                ))}
              </div>
            </>
          )}
          <p className="small">
            From <Link to={dataPage(kept, { tab: "models", model: first.model })}>{first.model}</Link>
          </p>
          <DataTable
            label={asked.title}
            dense
            noun="rows"
            rows={rows}
            total={first.total ?? undefined}
            columns={first.columns.map(
              (column, i): ColumnDef<Scalar[], unknown> => ({
                id: column.name,
                header: column.label || column.name,
                accessorFn: (row) => row[i],
                cell: ({ row }) => {
                  const value = row.original[i];
                  if (column.name === "customer_id" && value !== null && value !== undefined) {
                    return <Link to={`/customers/${encodeURIComponent(String(value))}${kept}`}>{String(value)}</Link>;
                  }
                  if (column.type === "time" && typeof value === "string") return moment(value);
                  return typeof value === "number"
                    ? fullValue(value, column.format as Format | undefined, session.currency)
                    : plain(value);
                },
                meta: { numeric: /int|dec|num|double|float/i.test(column.type) },
              }),
            )}
            more={
              found.hasNextPage
                ? { label: "More rows", busy: found.isFetchingNextPage, onMore: () => void found.fetchNextPage() }
                : undefined
            }
            onExport={() => void allRows(body).then((text) => download(fileName(asked.title, "csv"), text))}
          />
          <p className="actions">
            <button type="button" className="link" onClick={() => panels.explain(asked.metric)}>
              Definition and SQL
            </button>
          </p>
        </>
      )}
    </Panel>
  );
}
