import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { getJson } from "../../api/client";
import { allItems } from "../../api/export";
import type { CustomerRow, Page } from "../../api/resources";
import { Block } from "../../blocks/block";
import { longDay } from "../../lib/dates";
import { download } from "../../lib/download";
import { useFilters } from "../../lib/filters";
import { count, fullMoney, greatestOf, none, plain, plural } from "../../lib/format";
import { keptSearch } from "../../lib/url";
import { Empty, Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { PageHead } from "../head";

/** Everybody, to be found by name or number and narrowed by segment. */
export default function Customers(): ReactNode {
  const { session, filters, setParams } = useFilters();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const asked = params.get("q") ?? "";
  const [text, setText] = useState(asked);
  const sent = useRef(asked);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text.trim() === sent.current) return;
      sent.current = text.trim();
      setParams({ q: sent.current || null }, true);
    }, 200);
    return () => clearTimeout(timer);
  }, [text, setParams]);
  // A link to the page, or a step back, asks for something else than was typed.
  useEffect(() => {
    if (asked === sent.current) return;
    sent.current = asked;
    setText(asked);
  }, [asked]);
  const sort = params.get("sort") ?? "net_revenue";
  const order = params.get("order") === "asc" ? "asc" : "desc";
  const segment = filters.segment?.name;
  const wanted = { search: asked, segment_kind: filters.segment?.kind, segment, sort, order };
  const found = useInfiniteQuery({
    queryKey: ["resource", "/customers", wanted],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<CustomerRow>>("/customers", { ...wanted, cursor: pageParam, limit: 100 }, signal),
    getNextPageParam: (last) => last.next_cursor || undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = found.data?.pages.flatMap((p) => p.items) ?? [];
  const total = found.data?.pages[0]?.total ?? undefined;
  const greatest = greatestOf(rows.map((c) => c.net_revenue));
  const kept = keptSearch(params);
  const sentence = !found.data
    ? ""
    : `${total == null ? "Customers" : plural(total, "customer", "customers")}${segment ? ` in ${segment}` : ""}${asked ? ` matching “${asked}”` : ""}.`;
  return (
    <>
      <PageHead
        title="Customer 360"
        line={session.as_of ? `Everybody, as of ${longDay(session.as_of)}` : "Everybody, as of the last build"}
      />
      <Block title="Customers" width={12} currency={session.currency} finding={sentence}>
        <div className="above bar-line">
          <label className="field grow">
            <span className="sr">Find a customer</span>
            <input
              className="input"
              type="search"
              placeholder="Customer number, name or e-mail"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
        </div>
        {found.error && !found.data ? (
          <Failed error={found.error} onRetry={() => void found.refetch()} />
        ) : !found.data ? (
          <Loading shape="rows" height={480} />
        ) : rows.length === 0 ? (
          <Empty>{asked ? `Nobody matches “${asked}”.` : "There is nobody in this segment."}</Empty>
        ) : (
          <DataTable
            label="Customers"
            noun="customers"
            rows={rows}
            total={total ?? undefined}
            rowId={(c) => c.customer_id}
            onOpen={(c) => void navigate(`/customers/${encodeURIComponent(c.customer_id)}${kept}`)}
            sorting={[{ id: sort, desc: order === "desc" }]}
            onSorting={(next) =>
              setParams({ sort: next[0]?.id ?? null, order: next[0]?.desc === false ? "asc" : "desc" }, true)
            }
            onExport={() => void allItems("/customers", wanted).then((csv) => download("customers.csv", csv))}
            more={
              found.hasNextPage
                ? { label: "More customers", busy: found.isFetchingNextPage, onMore: () => void found.fetchNextPage() }
                : undefined
            }
            columns={[
              {
                id: "customer_id",
                header: "Customer",
                accessorFn: (c) => c.customer_id,
                cell: ({ row }) => (
                  <Link to={`/customers/${encodeURIComponent(row.original.customer_id)}${kept}`}>
                    {row.original.customer_id}
                  </Link>
                ),
                enableHiding: false,
                meta: { strong: true },
              },
              {
                id: "rfm_group",
                header: "RFM group",
                accessorFn: (c) => c.rfm_group ?? "",
                enableSorting: false,
                cell: ({ row }) => plain(row.original.rfm_group),
              },
              {
                id: "spending_segment",
                header: "Spending",
                accessorFn: (c) => c.spending_segment ?? "",
                enableSorting: false,
                cell: ({ row }) => plain(row.original.spending_segment),
                meta: { wide: true },
              },
              {
                id: "activity_status",
                header: "Activity",
                accessorFn: (c) => c.activity_status ?? "",
                enableSorting: false,
                cell: ({ row }) => plain(row.original.activity_status),
                meta: { wide: true },
              },
              {
                id: "country",
                header: "Country",
                accessorFn: (c) => c.country ?? "",
                enableSorting: false,
                cell: ({ row }) => plain(row.original.country),
                meta: { wide: true },
              },
              {
                id: "recency",
                header: "Last order",
                accessorFn: (c) => c.recency ?? 0,
                cell: ({ row }) => (row.original.recency == null ? none : `${count(row.original.recency)} d`),
                meta: { numeric: true, wide: true },
              },
              {
                id: "order_count",
                header: "Orders",
                accessorFn: (c) => c.order_count ?? 0,
                sortDescFirst: true,
                cell: ({ row }) => (row.original.order_count == null ? none : count(row.original.order_count)),
                meta: { numeric: true },
              },
              {
                id: "net_revenue",
                header: "Net revenue",
                accessorFn: (c) => c.net_revenue ?? 0,
                sortDescFirst: true,
                cell: ({ row }) =>
                  row.original.net_revenue == null
                    ? none
                    : fullMoney(row.original.net_revenue, session.currency, greatest),
                meta: { numeric: true, strong: true },
              },
            ]}
          />
        )}
      </Block>
    </>
  );
}
