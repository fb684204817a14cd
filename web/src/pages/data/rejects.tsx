import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { getJson } from "../../api/client";
import { allItems } from "../../api/export";
import type { Page, Reject } from "../../api/resources";
import { Block } from "../../blocks/block";
import { download } from "../../lib/download";
import { useFilters } from "../../lib/filters";
import { count, none, plural } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";

/** How many rows could not be loaded, in a sentence; without a number where it is not known. */
export const rejectWords = (total: number | undefined): string =>
  `${total === undefined ? "These rows" : plural(total, "row", "rows")} could not be loaded, and ${total === 1 ? "is kept with its" : "are kept with their"} reason.`;

/** Rows that could not be loaded, each with its place and its reason. */
export function Rejects(): ReactNode {
  const { session } = useFilters();
  const found = useInfiniteQuery({
    queryKey: ["resource", "/rejects"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => getJson<Page<Reject>>("/rejects", { cursor: pageParam, limit: 200 }, signal),
    getNextPageParam: (last) => last.next_cursor || undefined,
    retry: false,
  });
  const rows = found.data?.pages.flatMap((p) => p.items) ?? [];
  const total = found.data?.pages[0]?.total ?? undefined;
  return (
    <Block
      title="Rejects"
      width={12}
      currency={session.currency}
      finding={found.data ? (rows.length === 0 ? "Every row that came in was loaded." : rejectWords(total)) : ""}
    >
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="rows" height={320} />
      ) : rows.length === 0 ? (
        <Empty>Nothing was rejected: all rows of all files are in bronze.</Empty>
      ) : (
        <DataTable
          label="Rejects"
          noun="rejects"
          dense
          rows={rows}
          total={total ?? undefined}
          onExport={() => void allItems("/rejects").then((text) => download("rejects.csv", text))}
          more={
            found.hasNextPage
              ? { label: "More rejects", busy: found.isFetchingNextPage, onMore: () => void found.fetchNextPage() }
              : undefined
          }
          columns={[
            { id: "file", header: "File", accessorFn: (r) => r.file, meta: { strong: true } },
            {
              id: "line",
              header: "Line",
              accessorFn: (r) => r.line ?? 0,
              cell: ({ row }) => (row.original.line === null ? none : count(row.original.line)),
              meta: { numeric: true },
            },
            {
              id: "column",
              header: "Column",
              accessorFn: (r) => r.column_name ?? "",
              cell: ({ row }) => row.original.column_name ?? none,
            },
            {
              id: "value",
              header: "Value",
              accessorFn: (r) => r.value ?? "",
              cell: ({ row }) => <code>{row.original.value ?? none}</code>,
              meta: { wide: true },
            },
            { id: "reason", header: "Reason", accessorFn: (r) => r.reason },
          ]}
        />
      )}
    </Block>
  );
}
