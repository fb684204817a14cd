import type { ColumnDef } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { Scalar } from "../api/types";
import { plain } from "../lib/format";
import { DataTable } from "../ui/table";
import type { Table } from "./block";

/** A block's content as a table: the form that everybody can read. */
export default function TableForm({ table, label }: { table: Table; label: string }): ReactNode {
  return (
    <DataTable
      label={label}
      dense
      noun="rows"
      rows={table.rows}
      columns={table.head.map(
        (head, i): ColumnDef<(Scalar | undefined)[], unknown> => ({
          id: `${i} ${head.label}`,
          header: head.label,
          accessorFn: (row) => row[i],
          cell: ({ row }) => (head.show ?? plain)(row.original[i]),
          meta: { numeric: head.numeric, strong: i === 0 },
        }),
      )}
    />
  );
}
