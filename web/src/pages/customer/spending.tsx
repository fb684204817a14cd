import { type ReactNode, useCallback, useMemo } from "react";
import { getCsv } from "../../api/client";
import { useResource } from "../../api/queries";
import type { SpendingPeriod } from "../../api/resources";
import { Block } from "../../blocks/block";
import { type Build, Chart } from "../../charts/chart";
import { seriesChart } from "../../charts/options/series";
import { addMonths, longMonth, monthIsOver, startOfMonth } from "../../lib/dates";
import { useFilters } from "../../lib/filters";
import { fullMoney, none, shortMoney } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";

export interface Month {
  month: string;
  amount: number;
  orders?: number;
}

/** The months from the first to the last, those without a purchase as 0: nothing bought is a figure. */
export function filled(months: Month[], last: string, most = 24): Month[] {
  const known = new Map(months.map((m) => [startOfMonth(m.month), m]));
  const first = [...known.keys()].sort()[0];
  if (!first) return [];
  const out: Month[] = [];
  for (let at = first; at <= startOfMonth(last) && out.length < 600; at = addMonths(at, 1))
    out.push(known.get(at) ?? { month: at, amount: 0, orders: 0 });
  return out.slice(-most);
}

/** One sentence on how the last three months that are over compare with those before. */
export function spendingSentence(all: Month[], last: string, currency: string): string {
  const months = all.filter((m) => monthIsOver(m.month, last));
  if (months.length < 4) return "Too few months for a trend.";
  const mean = (list: Month[]): number => list.reduce((sum, m) => sum + m.amount, 0) / Math.max(1, list.length);
  const recent = mean(months.slice(-3));
  const before = mean(months.slice(0, -3));
  if (recent === 0 && before === 0) return "Nothing bought in these months.";
  if (recent === 0) return `Nothing bought in the last three months; ${shortMoney(before, currency)} a month before.`;
  const rate = before === 0 ? Number.POSITIVE_INFINITY : recent / before - 1;
  const how = Math.abs(rate) < 0.1 ? "as much as" : rate > 0 ? "more than" : "less than";
  return `${shortMoney(recent, currency)} a month in the last three, ${how} the ${shortMoney(before, currency)} before.`;
}

export function Spending({ id }: { id: string }): ReactNode {
  const { session } = useFilters();
  const path = `/customers/${encodeURIComponent(id)}/spending`;
  const found = useResource<{ items: SpendingPeriod[] }>(path, { grain: "month" });
  const last = session.last_day ?? "";
  const months = useMemo(
    () =>
      found.data
        ? filled(
            found.data.items.map((p) => ({ month: p.period, amount: p.net_revenue, orders: p.orders })),
            last,
          )
        : [],
    [found.data, last],
  );
  const build = useCallback<Build>(
    (canvas) =>
      seriesChart(
        {
          kind: "bar",
          grain: "month",
          times: months.map((m) => m.month),
          lines: [{ name: "Net revenue", values: months.map((m) => m.amount) }],
          complete: months.map((m) => monthIsOver(m.month, last)),
          format: "money",
          unit: canvas.currency,
          annotations: [],
        },
        canvas,
      ),
    [months, last],
  );
  return (
    <Block
      title="Spending"
      finding={found.data ? spendingSentence(months, last, session.currency) : ""}
      width={7}
      currency={session.currency}
      table={() => ({
        head: [
          { label: "Month", show: (v) => longMonth(String(v)) },
          {
            label: "Net revenue",
            numeric: true,
            show: (v) => (typeof v === "number" ? fullMoney(v, session.currency) : none),
          },
          { label: "Orders", numeric: true },
        ],
        rows: months.map((m) => [m.month, m.amount, m.orders ?? null]),
      })}
      exportCsv={() => getCsv(path, { grain: "month" })}
      picture={{ build, width: 680, height: 252 }}
    >
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="bars" height={252} />
      ) : months.length === 0 ? (
        <Empty>No purchase yet, so no trend.</Empty>
      ) : (
        <Chart build={build} height={252} currency={session.currency} label="Net revenue by month" />
      )}
    </Block>
  );
}
