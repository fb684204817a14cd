import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { getCsv, getJson } from "../../api/client";
import type { Page, Transaction } from "../../api/resources";
import { Block } from "../../blocks/block";
import { dayRange, longDay } from "../../lib/dates";
import { download } from "../../lib/download";
import { useFilters } from "../../lib/filters";
import { count, fullMoney, none, plain, plural } from "../../lib/format";
import { Menu } from "../../ui/menu";
import { Empty, Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";

type Range = "all" | "page";

/** What a unit came to; null without a quantity. */
const unitPrice = (t: Transaction): number | null => (t.amount === null || !t.quantity ? null : t.amount / t.quantity);

const priceText = (t: Transaction, currency: string): string => {
  const price = unitPrice(t);
  return price === null ? none : fullMoney(price, currency);
};

/** Every line that the customer bought or brought back. */
export function Transactions({ id }: { id: string }): ReactNode {
  const { session, filters } = useFilters();
  const [kind, setKind] = useState("");
  const [range, setRange] = useState<Range>("all");
  const [category, setCategory] = useState("");
  const [channel, setChannel] = useState("");
  const wanted = {
    class: kind,
    category,
    channel,
    from: range === "page" ? filters.from : undefined,
    to: range === "page" ? filters.to : undefined,
  };
  const path = `/customers/${encodeURIComponent(id)}/transactions`;
  const found = useInfiniteQuery({
    queryKey: ["resource", path, wanted],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<Transaction>>(path, { ...wanted, cursor: pageParam, limit: 20 }, signal),
    getNextPageParam: (last) => last.next_cursor || undefined,
    retry: false,
  });
  const rows = found.data?.pages.flatMap((p) => p.items) ?? [];
  const total = found.data?.pages[0]?.total ?? undefined;
  const seen = (pick: (t: Transaction) => string | null): string[] =>
    [...new Set(rows.map(pick).filter((v) => v !== null))].sort();
  const chip = (label: string, value: string, values: string[], set: (v: string) => void): ReactNode => (
    <Menu
      className={value ? "chip on" : "chip"}
      items={[
        { label: "any", checked: value === "", onSelect: () => set("") },
        ...values.map((v) => ({ label: v, checked: v === value, onSelect: () => set(v) })),
      ]}
    >
      {label} <b>{value || "any"}</b>
    </Menu>
  );
  return (
    <Block
      title="Transactions"
      finding={total == null ? "Newest first." : `${plural(total, "line", "lines")}, newest first.`}
      width={7}
      currency={session.currency}
      exportCsv={() => getCsv(path, wanted)}
    >
      <div className="chips above">
        {chip("Class", kind, ["sale", "return"], setKind)}
        {chip("Category", category, category ? [category] : seen((t) => t.category_group), setCategory)}
        {chip("Channel", channel, channel ? [channel] : seen((t) => t.channel), setChannel)}
        <button
          type="button"
          className="chip"
          aria-pressed={range === "page"}
          onClick={() => setRange(range === "page" ? "all" : "page")}
        >
          Date <b>{range === "page" ? dayRange(filters.from, filters.to) : "any"}</b>
        </button>
      </div>
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="rows" height={320} />
      ) : rows.length === 0 ? (
        <Empty>
          {kind || category || channel || range === "page" ? "No line fits these filters." : "Nothing was bought yet."}
        </Empty>
      ) : (
        <DataTable
          label="Transactions"
          noun="lines"
          dense
          rows={rows}
          total={total ?? undefined}
          rowId={(t) => t.transaction_id}
          onExport={() => void getCsv(path, wanted).then((text) => download(`transactions-${id}.csv`, text))}
          more={
            found.hasNextPage
              ? { label: "Earlier lines", busy: found.isFetchingNextPage, onMore: () => void found.fetchNextPage() }
              : undefined
          }
          columns={[
            {
              id: "at",
              header: "Date",
              accessorFn: (t) => t.transaction_at,
              cell: ({ row }) => <span className="nowrap">{longDay(row.original.transaction_at)}</span>,
            },
            {
              id: "order",
              header: "Order",
              accessorFn: (t) => t.order_id ?? "",
              cell: ({ row }) => plain(row.original.order_id),
              meta: { wide: true },
            },
            {
              id: "product",
              header: "Product",
              accessorFn: (t) => t.product_name ?? t.product_id ?? "",
              cell: ({ row }) => plain(row.original.product_name ?? row.original.product_id),
              meta: { strong: true },
            },
            {
              id: "class",
              header: "Class",
              accessorFn: (t) => t.transaction_class,
              cell: ({ row }) =>
                row.original.transaction_class === "return" ? (
                  <span className="badge warn">Return</span>
                ) : (
                  plain(row.original.category_group ?? row.original.transaction_class)
                ),
            },
            {
              id: "quantity",
              header: "Qty",
              accessorFn: (t) => t.quantity ?? 0,
              cell: ({ row }) => (row.original.quantity === null ? none : count(row.original.quantity)),
              meta: { numeric: true, wide: true },
            },
            {
              id: "price",
              header: "Price",
              accessorFn: (t) => unitPrice(t) ?? 0,
              cell: ({ row }) => priceText(row.original, session.currency),
              meta: { numeric: true, wide: true },
            },
            {
              id: "amount",
              header: "Amount",
              accessorFn: (t) => t.amount ?? 0,
              cell: ({ row }) =>
                row.original.amount === null ? none : fullMoney(row.original.amount, session.currency),
              meta: { numeric: true, strong: true },
            },
          ]}
        />
      )}
    </Block>
  );
}
