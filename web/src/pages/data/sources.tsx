import type { ReactNode } from "react";
import { useResource } from "../../api/queries";
import type { Load, SourceState } from "../../api/resources";
import { Block } from "../../blocks/block";
import { ago, longDay } from "../../lib/dates";
import { useFilters, useParam } from "../../lib/filters";
import { count, none, plural } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { SourceProfileBlock } from "./profile";

/** What came in, or what is in one of the sources. */
export function Sources(): ReactNode {
  const [source] = useParam("source");
  return source ? <SourceProfileBlock key={source} source={source} /> : <SourceList />;
}

/** How many of the sources have rows, in a sentence. */
export const sourceWords = (filled: number, all: number): string =>
  `${count(filled)} of ${plural(all, "source", "sources")} ${filled === 1 ? "has" : "have"} rows. Open one to see what is in it.`;

/** What came in: rows, how old, and whether somebody made it up. */
function SourceList(): ReactNode {
  const [, setSource] = useParam("source");
  const { session } = useFilters();
  const found = useResource<{ items: SourceState[]; loads: Load[] }>("/sources");
  const list = found.data?.items ?? [];
  const loads = found.data?.loads ?? [];
  const filled = list.filter((s) => s.row_count > 0);
  const rejected = loads.reduce((sum, l) => sum + l.rows_rejected, 0);
  const state =
    found.error && !found.data ? (
      <Failed error={found.error} onRetry={() => void found.refetch()} />
    ) : !found.data ? (
      <Loading shape="rows" height={320} />
    ) : null;
  return (
    <>
      <Block
        title="Sources"
        width={12}
        currency={session.currency}
        finding={list.length > 0 ? sourceWords(filled.length, list.length) : ""}
      >
        {state ??
          (list.length === 0 ? (
            <Empty command="kith build">The table data_sources is not built yet.</Empty>
          ) : (
            <DataTable
              label="Sources"
              noun="sources"
              rows={list}
              rowId={(s) => s.source_name}
              onOpen={(s) => setSource(s.source_name)}
              columns={[
                {
                  id: "source",
                  header: "Source",
                  accessorFn: (s) => s.source_name,
                  cell: ({ row }) => (
                    <button
                      type="button"
                      className="drill"
                      title={row.original.note ?? undefined}
                      onClick={() => setSource(row.original.source_name)}
                    >
                      {row.original.source_name.replaceAll("_", " ")}
                    </button>
                  ),
                  meta: { strong: true },
                },
                {
                  id: "rows",
                  header: "Rows",
                  accessorFn: (s) => s.row_count,
                  sortDescFirst: true,
                  cell: ({ row }) => count(row.original.row_count),
                  meta: { numeric: true },
                },
                {
                  id: "newest",
                  header: "Newest event",
                  accessorFn: (s) => s.newest_event_at ?? "",
                  cell: ({ row }) => (row.original.newest_event_at ? longDay(row.original.newest_event_at) : none),
                },
                {
                  id: "loaded",
                  header: "Last load",
                  accessorFn: (s) => s.last_loaded_at ?? "",
                  cell: ({ row }) =>
                    row.original.last_loaded_at ? ago(row.original.last_loaded_at, new Date()) : none,
                  meta: { wide: true },
                },
                {
                  id: "origin",
                  header: "Origin",
                  accessorFn: (s) => (s.row_count === 0 ? "" : s.is_synthetic ? "Synthetic" : "Loaded"),
                  cell: ({ row }) =>
                    row.original.row_count === 0 ? (
                      <code>{row.original.fill_command}</code>
                    ) : row.original.is_synthetic ? (
                      <span className="badge synthetic">Synthetic data</span>
                    ) : (
                      "Loaded"
                    ),
                  meta: { wide: true },
                },
              ]}
            />
          ))}
      </Block>
      {loads.length > 0 && (
        <Block
          title="Loads"
          width={12}
          currency={session.currency}
          finding={
            rejected === 0
              ? "No row of these files was rejected."
              : `${plural(rejected, "row", "rows")} of these files ${rejected === 1 ? "was" : "were"} rejected; the tab Rejects has them.`
          }
        >
          <DataTable
            label="Loads"
            noun="loads"
            dense
            rows={loads}
            rowId={(l) => String(l.load_id)}
            columns={[
              { id: "file", header: "File", accessorFn: (l) => l.file, meta: { strong: true } },
              { id: "table", header: "Table", accessorFn: (l) => l.table_name, meta: { wide: true } },
              {
                id: "loaded",
                header: "Rows",
                accessorFn: (l) => l.rows_loaded,
                cell: ({ row }) => count(row.original.rows_loaded),
                meta: { numeric: true },
              },
              {
                id: "rejected",
                header: "Rejected",
                accessorFn: (l) => l.rows_rejected,
                cell: ({ row }) => count(row.original.rows_rejected),
                meta: { numeric: true },
              },
              {
                id: "at",
                header: "When",
                accessorFn: (l) => l.finished_at,
                cell: ({ row }) => ago(row.original.finished_at, new Date()),
              },
            ]}
          />
        </Block>
      )}
    </>
  );
}
