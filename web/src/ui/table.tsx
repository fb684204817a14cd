import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type RowData,
  type SortingState,
  useReactTable,
  type VisibilityState,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { count } from "../lib/format";
import { Menu } from "./menu";

declare module "@tanstack/react-table" {
  interface ColumnMeta<TData extends RowData, TValue> {
    numeric?: boolean;
    strong?: boolean;
    /** Left out on narrow screens. */
    wide?: boolean;
    phantom?: [TData, TValue];
  }
}

interface Props<T> {
  rows: T[];
  columns: ColumnDef<T, unknown>[];
  label: string;
  dense?: boolean;
  rowId?: (row: T) => string;
  selected?: (row: T) => boolean;
  onOpen?: (row: T) => void;
  /** Rows that stand below all others: totals. */
  foot?: ReactNode;
  /** What the whole of it comes to, where there is more than is shown. */
  total?: number;
  /** What the rows are, in the plural with an s. */
  noun: string;
  /** Gives all rows as a file. */
  onExport?: () => void;
  more?: { label: string; onMore: () => void; busy: boolean };
  sorting?: SortingState;
  onSorting?: (sorting: SortingState) => void;
}

/** Above this many rows only those on the screen are in the page. */
const virtualFrom = 120;

/** Whether a click is meant for a link or a button that stands in the row. */
const within = (target: EventTarget): boolean => target instanceof Element && target.closest("a, button") !== null;

/** Whether a key chooses the row that it was pressed on. */
function opens(event: KeyboardEvent<HTMLTableRowElement>): boolean {
  if (event.target !== event.currentTarget || (event.key !== "Enter" && event.key !== " ")) return false;
  event.preventDefault();
  return true;
}

/** A sortable table with a choice of columns; long ones scroll inside their block. */
export function DataTable<T>(props: Props<T>): ReactNode {
  const { rows, columns, label, dense, rowId, selected, onOpen, foot } = props;
  const [ownSorting, setOwnSorting] = useState<SortingState>([]);
  const [visibility, setVisibility] = useState<VisibilityState>({});
  const sorting = props.sorting ?? ownSorting;
  const table = useReactTable({
    data: rows,
    columns,
    state: { sorting, columnVisibility: visibility },
    onSortingChange: (change) => {
      const next = typeof change === "function" ? change(sorting) : change;
      if (props.onSorting) props.onSorting(next);
      else setOwnSorting(next);
    },
    onColumnVisibilityChange: setVisibility,
    manualSorting: props.onSorting !== undefined,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getRowId: rowId ? (row) => rowId(row) : undefined,
  });
  const scroller = useRef<HTMLDivElement>(null);
  const list = table.getRowModel().rows;
  const long = list.length > virtualFrom;
  const virtual = useVirtualizer({
    count: list.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (dense ? 28 : 32),
    overscan: 12,
    enabled: long,
  });
  const window = long ? virtual.getVirtualItems() : null;
  const before = window?.[0]?.start ?? 0;
  const after = window && window.length > 0 ? virtual.getTotalSize() - (window[window.length - 1]?.end ?? 0) : 0;
  const shown = window ? window.flatMap((item) => list[item.index] ?? []) : list;
  const leaf = table.getAllLeafColumns().filter((c) => c.getCanHide());
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section ref={scroller} className={long ? "scroll-x tall" : "scroll-x"} tabIndex={0} aria-label={label}>
        <table className={dense ? "data dense" : "data"} aria-rowcount={list.length}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const sorted = header.column.getIsSorted();
                  const meta = header.column.columnDef.meta;
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={[meta?.numeric ? "num" : "", meta?.wide ? "wide-only" : ""].join(" ").trim()}
                      aria-sort={sorted ? (sorted === "asc" ? "ascending" : "descending") : undefined}
                    >
                      {header.column.getCanSort() ? (
                        <button type="button" className="sorter" onClick={header.column.getToggleSortingHandler()}>
                          {flexRender(header.column.columnDef.header, header.getContext())}
                        </button>
                      ) : (
                        flexRender(header.column.columnDef.header, header.getContext())
                      )}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {before > 0 && (
              <tr className="spacer" aria-hidden="true">
                <td style={{ height: before }} />
              </tr>
            )}
            {shown.map((row) => (
              <tr
                key={row.id}
                aria-selected={selected?.(row.original) || undefined}
                className={onOpen ? "opens" : undefined}
                tabIndex={onOpen ? 0 : undefined}
                onClick={onOpen ? (event) => !within(event.target) && onOpen(row.original) : undefined}
                onKeyDown={onOpen ? (event) => opens(event) && onOpen(row.original) : undefined}
              >
                {row.getVisibleCells().map((cell) => {
                  const meta = cell.column.columnDef.meta;
                  return (
                    <td
                      key={cell.id}
                      className={[
                        meta?.numeric ? "num" : "",
                        meta?.strong ? "ink-1" : "",
                        meta?.wide ? "wide-only" : "",
                      ]
                        .join(" ")
                        .trim()}
                    >
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </td>
                  );
                })}
              </tr>
            ))}
            {after > 0 && (
              <tr className="spacer" aria-hidden="true">
                <td style={{ height: after }} />
              </tr>
            )}
          </tbody>
          {foot && <tfoot>{foot}</tfoot>}
        </table>
      </section>
      <div className="table-foot">
        <span>
          {props.total !== undefined && props.total !== rows.length
            ? `${count(rows.length)} of ${count(props.total)}`
            : count(rows.length)}{" "}
          {(props.total ?? rows.length) === 1 ? props.noun.replace(/s$/, "") : props.noun}
        </span>
        {props.more && (
          <button type="button" className="link" disabled={props.more.busy} onClick={props.more.onMore}>
            {props.more.busy ? "Loading…" : props.more.label}
          </button>
        )}
        <span className="right">
          {leaf.length > 2 && (
            <Menu
              className="link"
              items={leaf.map((column) => ({
                label: typeof column.columnDef.header === "string" ? column.columnDef.header : column.id,
                checked: column.getIsVisible(),
                onSelect: () => column.toggleVisibility(),
              }))}
            >
              Columns
            </Menu>
          )}
          {props.onExport && (
            <button type="button" className="link" onClick={props.onExport}>
              Export all rows
            </button>
          )}
        </span>
      </div>
    </>
  );
}
