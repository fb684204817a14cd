import type { ReactNode } from "react";
import { Link } from "react-router";
import { allItems } from "../api/export";
import { useFigures, useMetrics, useResource } from "../api/queries";
import type { CustomerRow, Page } from "../api/resources";
import type { Filter, MetricQuery } from "../api/types";
import { usePanels } from "../dashboards/panels";
import { longDay, longMonth } from "../lib/dates";
import { download, fileName } from "../lib/download";
import { useFilters } from "../lib/filters";
import { count, fullValue, none, plural, shortMoney } from "../lib/format";
import { cell } from "../lib/result";
import { keptSearch, type SegmentKind, segmentKindLabel, segmentKinds } from "../lib/url";
import { Failed, Loading } from "../ui/states";
import type { Picked } from "./asked";
import { Panel } from "./panel";

const isSegment = (name: string): name is SegmentKind => (segmentKinds as readonly string[]).includes(name);

/** Who stands in a cell of the cohorts. */
export const cohortWords = (cohort: string, month: number): string =>
  month === 0
    ? `Customers whose first order was in ${longMonth(cohort)}.`
    : `Customers whose first order was in ${longMonth(cohort)} and who bought again ${plural(month, "month", "months")} later.`;

/** The customers behind a cell or an area, and what sets them apart. */
export default function PickPanel({ pick }: { pick: Picked }): ReactNode {
  const panels = usePanels();
  if (pick.kind === "cohort") {
    return (
      <Panel kind="Cohort" title={`${longMonth(pick.cohort)}, month ${pick.month}`} onClose={panels.close}>
        <p className="lead-in">{cohortWords(pick.cohort, pick.month)}</p>
        <Members
          path={`/cohorts/${pick.cohort}/${pick.month}/customers`}
          params={{}}
          order="Highest revenue first"
          title={`cohort ${pick.cohort} month ${pick.month}`}
        />
      </Panel>
    );
  }
  const title = pick.filters
    .map((f) => (/^\d+$/.test(f.value) ? `${f.dimension.replaceAll("_", " ")} ${f.value}` : f.value))
    .join(", ");
  const [first] = pick.filters;
  const segment = pick.filters.length === 1 && first && isSegment(first.dimension) ? first : null;
  const own = pick.filters.map(
    (f): Filter => ({ dimension: f.dimension, op: "eq", values: [/^\d+$/.test(f.value) ? Number(f.value) : f.value] }),
  );
  return (
    <Panel
      kind={segment ? `Segment, ${segmentKindLabel[segment.dimension as SegmentKind]}` : "Customers"}
      title={title}
      onClose={panels.close}
    >
      <Apart filters={own} />
      {segment && <FilterButton kind={segment.dimension as SegmentKind} name={segment.value} />}
      {segment ? (
        <Members
          path="/customers"
          params={{ segment_kind: segment.dimension, segment: segment.value, sort: "net_revenue", order: "desc" }}
          order="Highest revenue first"
          list={`${segment.dimension}:${segment.value}`}
          title={title}
        />
      ) : (
        <Cell filters={own} title={title} />
      )}
    </Panel>
  );
}

function FilterButton({ kind, name }: { kind: SegmentKind; name: string }): ReactNode {
  const { filters, setParams } = useFilters();
  const on = filters.segment?.kind === kind && filters.segment.name === name;
  return (
    <div className="actions">
      <button
        type="button"
        className={on ? "btn" : "btn primary"}
        onClick={() => setParams({ segment: on ? null : `${kind}:${name}` })}
      >
        {on ? "Show all customers" : "Filter every page by it"}
      </button>
    </div>
  );
}

/** The figures that tell groups of customers apart. */
const telling = [
  "known_customer_count",
  "customer_count",
  "average_recency",
  "average_days_between_orders",
  "average_frequency",
  "average_monetary",
  "clv_historic",
  "repeat_rate",
  "churn_rate",
  "nps",
];

/** Figures of these customers beside those of all, for each metric that can be told apart so. */
function Apart({ filters: own }: { filters: Filter[] }): ReactNode {
  const { session, filters } = useFilters();
  const metrics = useMetrics();
  const names = telling.filter((name) => {
    const known = metrics.data?.find((m) => m.name === name);
    return known && own.every((f) => known.dimensions.includes(f.dimension));
  });
  const base: MetricQuery | null = names.length > 0 ? { metrics: names, from: filters.from, to: filters.to } : null;
  const theirs = useFigures(base && { ...base, filters: own });
  const all = useFigures(base);
  if (!base) return null;
  if (theirs.error && !theirs.data) return <Failed error={theirs.error} onRetry={() => void theirs.refetch()} />;
  return (
    <>
      <h3>What sets them apart</h3>
      <table className="data dense">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Figure</span>
            </th>
            <th scope="col" className="num">
              They
            </th>
            <th scope="col" className="num">
              All
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const info = metrics.data?.find((m) => m.name === name);
            const show = (r: typeof theirs.data): string =>
              r ? fullValue(cell(r, r.rows[0], "metric", name), info?.format, session.currency) : none;
            return (
              <tr key={name}>
                <td>{info?.label}</td>
                <td className="num ink-1">{show(theirs.data)}</td>
                <td className="num">{show(all.data)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** The customers of a cell of two dimensions: the rows that the count is made of. */
function Cell({ filters: own, title }: { filters: Filter[]; title: string }): ReactNode {
  const { filters } = useFilters();
  const panels = usePanels();
  return (
    <div className="actions">
      <button
        type="button"
        className="btn primary"
        onClick={() =>
          panels.rows({ metric: "customer_count", title, from: filters.from, to: filters.to, filters: own })
        }
      >
        List the customers
      </button>
    </div>
  );
}

/** The first customers, all of them as a file, and of a segment the way to the list. */
function Members({
  path,
  params,
  title,
  order,
  list: segment,
}: {
  path: string;
  params: Record<string, string>;
  title: string;
  /** How they are sorted, in words. */
  order: string;
  /** The segment as the address has it, where there is a list of it. */
  list?: string;
}): ReactNode {
  const { session } = useFilters();
  const found = useResource<Page<CustomerRow>>(path, { ...params, limit: 12 });
  const kept = keptSearch(new URLSearchParams(window.location.search));
  if (found.error && !found.data) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading shape="rows" height={240} />;
  const { items, total } = found.data;
  const list = new URLSearchParams(kept);
  if (segment) list.set("segment", segment);
  return (
    <>
      <h3>{order}</h3>
      <table className="data dense">
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col" className="num">
              Last order
            </th>
            <th scope="col" className="num">
              Orders
            </th>
            <th scope="col" className="num">
              Revenue
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((c) => (
            <tr key={c.customer_id}>
              <td>
                <Link to={`/customers/${encodeURIComponent(c.customer_id)}${kept}`}>{c.customer_id}</Link>
              </td>
              <td className="num" title={c.last_order_day ? longDay(c.last_order_day) : undefined}>
                {c.recency == null ? none : `${count(c.recency)} d`}
              </td>
              <td className="num">{c.order_count == null ? none : count(c.order_count)}</td>
              <td className="num ink-1">
                {c.net_revenue == null ? none : shortMoney(c.net_revenue, session.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="table-foot">
        {segment ? (
          <Link to={`/customers?${list}`}>{total == null ? "Open the list" : `Open all ${count(total)} known`}</Link>
        ) : (
          <span>{total == null ? "" : `${count(items.length)} of ${count(total)}`}</span>
        )}
        <span className="right">
          <button
            type="button"
            className="link"
            onClick={() => void allItems(path, params).then((text) => download(fileName(title, "csv"), text))}
          >
            Export all rows
          </button>
        </span>
      </p>
    </>
  );
}
