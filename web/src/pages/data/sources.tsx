import type { ReactNode } from "react";
import { useResource } from "../../api/queries";
import type { Page, SourceState } from "../../api/resources";
import { Block } from "../../blocks/block";
import { ago } from "../../lib/dates";
import { useFilters } from "../../lib/filters";
import { count, none } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { Status } from "./status";

/** What came in: rows, how old, and whether somebody made it up. */
export function Sources(): ReactNode {
  const { session } = useFilters();
  const found = useResource<Page<SourceState>>("/sources");
  const list = found.data?.items ?? [];
  const filled = list.filter((s) => (s.rows ?? 0) > 0);
  const stale = list.filter((s) => s.status === "stale" || s.status === "error");
  return (
    <Block
      title="Sources"
      width={12}
      currency={session.currency}
      finding={
        found.data
          ? `${filled.length} of ${list.length} sources have rows${stale.length > 0 ? `; ${stale.length} older than they should be` : ""}.`
          : ""
      }
    >
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="rows" height={320} />
      ) : list.length === 0 ? (
        <Empty command="kith load FILE">The project names no source.</Empty>
      ) : (
        <DataTable
          label="Sources"
          noun="sources"
          rows={list}
          rowId={(s) => `${s.name}.${s.table}`}
          columns={[
            {
              id: "table",
              header: "Source",
              accessorFn: (s) => s.table,
              cell: ({ row }) => <span title={row.original.description}>{row.original.table}</span>,
              meta: { strong: true },
            },
            {
              id: "rows",
              header: "Rows",
              accessorFn: (s) => s.rows ?? -1,
              cell: ({ row }) => (row.original.rows === null ? none : count(row.original.rows)),
              meta: { numeric: true },
            },
            {
              id: "loaded",
              header: "Last load",
              accessorFn: (s) => s.loaded_at ?? "",
              cell: ({ row }) => (row.original.loaded_at ? ago(row.original.loaded_at, new Date()) : none),
            },
            {
              id: "status",
              header: "Freshness",
              accessorFn: (s) => s.status,
              cell: ({ row }) => <Status value={row.original.status} />,
            },
            {
              id: "synthetic",
              header: "Origin",
              accessorFn: (s) => (s.is_synthetic ? "Synthetic" : "Loaded"),
              cell: ({ row }) =>
                row.original.is_synthetic ? (
                  <span className="badge synthetic">Synthetic data</span>
                ) : (row.original.rows ?? 0) > 0 ? (
                  "Loaded"
                ) : (
                  none
                ),
              meta: { wide: true },
            },
          ]}
        />
      )}
    </Block>
  );
}
