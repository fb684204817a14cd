import type { ColumnDef } from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { type Group, groups, labelOf, now } from "../dashboards/groups";
import type { BlockDef } from "../dashboards/types";
import { exportOf, useBlock, useFinding } from "../dashboards/use-block";
import { download, fileName } from "../lib/download";
import { useFilters } from "../lib/filters";
import { fullValue, greatestOf } from "../lib/format";
import { metricColumn, nameOf } from "../lib/result";
import { DataTable } from "../ui/table";
import { GroupBlock } from "./frame";

/** Groups as rows and metrics as columns. */
export function GroupsTable({ def }: { def: BlockDef }): ReactNode {
  const { session, setParams, filters } = useFilters();
  const data = useBlock(def, "none", "none");
  const sentence = useFinding(def, data.result);
  const { result } = data;
  const rows = useMemo(() => (result ? groups(result) : []), [result]);
  const columns = useMemo<ColumnDef<Group, unknown>[]>(() => {
    const dimensions = def.query?.dimensions ?? [];
    return [
      ...dimensions.map(
        (d, i): ColumnDef<Group, unknown> => ({
          id: d,
          header: result?.columns.find((c) => c.name === d)?.label ?? d,
          accessorFn: (g) => nameOf(g.keys[i]),
          cell: ({ row }) => nameOf(row.original.keys[i]),
          enableHiding: i > 0,
          meta: { strong: true },
        }),
      ),
      ...(def.query?.metrics ?? []).map((m, i): ColumnDef<Group, unknown> => {
        const greatest = greatestOf(rows.map((g) => now(g, m)));
        return {
          id: m,
          header: labelOf(result, m),
          accessorFn: (g) => now(g, m) ?? Number.NEGATIVE_INFINITY,
          sortDescFirst: true,
          cell: ({ row }) =>
            fullValue(now(row.original, m), result && metricColumn(result, m)?.format, session.currency, greatest),
          meta: { numeric: true, strong: i === 0, wide: i > 2 },
        };
      }),
    ];
  }, [def.query, result, rows, session.currency]);
  const query = data.query;
  return (
    <GroupBlock def={def} data={data} finding={sentence} height={def.height || 260}>
      <DataTable
        label={def.title}
        rows={rows}
        columns={columns}
        noun="groups"
        rowId={(g) => g.keys.join("\u0000")}
        selected={(g) => filters.segment?.kind === def.select && filters.segment?.name === g.name}
        onOpen={
          def.select ? (g) => setParams({ pick: `${def.select}:${g.name}`, explain: null, rows: null }) : undefined
        }
        onExport={
          query ? () => void exportOf(query)().then((text) => download(fileName(def.title, "csv"), text)) : undefined
        }
      />
    </GroupBlock>
  );
}
