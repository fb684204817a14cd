import { type ReactNode, useMemo } from "react";
import { getCsv } from "../api/client";
import { keptAt, useResource } from "../api/queries";
import type { WaterfallAnswer } from "../api/resources";
import { barsHeight, barsOption } from "../charts/options/bars";
import type { BlockDef } from "../dashboards/types";
import { finding } from "../finding/finding";
import { useFilters } from "../lib/filters";
import { count, fullMoney, greatestOf, none, share } from "../lib/format";
import { Empty, Failed, Loading } from "../ui/states";
import { Block, orRoom } from "./block";

/** A class of lines, whichever of the two ways it was counted. */
interface Line {
  class: string;
  label: string;
  lines: number;
  amount: number | null;
  kept: boolean;
}

const words = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll("_", " ");

/** The lines of a sales log by rule where there is one, else those of all sources by class. */
export function waterfallLines(answer: WaterfallAnswer): Line[] {
  if (answer.log.length > 0) {
    return answer.log.map((l) => ({
      class: l.line_class,
      label: words(l.line_class),
      lines: l.line_count,
      amount: l.amount,
      kept: l.in_net_revenue,
    }));
  }
  return answer.items.map((l) => ({
    class: l.transaction_class,
    label: `${words(l.transaction_class)}, ${l.source_system.replaceAll("_", " ")}`,
    lines: l.row_count,
    amount: l.amount,
    kept: l.in_net_revenue,
  }));
}

/** The classes that stay in revenue; the others are taken out, each with its reason. */
export const waterfallNames = (lines: Line[]): Record<string, number> => {
  const all = lines.reduce((sum, l) => sum + l.lines, 0);
  const sale = lines.filter((l) => l.class === "sale").reduce((sum, l) => sum + l.lines, 0);
  return {
    rows: lines.length,
    all_lines: all,
    sale_lines: sale,
    lost_lines: all - sale,
    kept: all > 0 ? sale / all : 0,
  };
};

/** What became of the lines that came in: each counted in exactly one class. */
export function Waterfall({ def }: { def: BlockDef }): ReactNode {
  const { session } = useFilters();
  const found = useResource<WaterfallAnswer>("/waterfall");
  const lines = useMemo(() => (found.data ? waterfallLines(found.data) : []), [found.data]);
  const names = useMemo(() => waterfallNames(lines), [lines]);
  const all = names.all_lines ?? 0;
  const sentence = found.data && def.finding ? finding(def.finding, null, session.currency, names) : "";
  const amount = lines.reduce((sum, l) => sum + (l.amount ?? 0), 0);
  const greatest = greatestOf([amount, ...lines.map((l) => l.amount)]);
  const high = Math.max(1, ...lines.map((l) => l.lines));
  const bars = lines.map((l) => ({ name: l.label, value: l.lines, text: count(l.lines) }));
  return (
    <Block
      title={def.title}
      finding={orRoom(sentence, def)}
      width={def.width}
      currency={session.currency}
      note={def.note}
      kept={{ at: keptAt(found), onRetry: () => void found.refetch() }}
      table={() => ({
        head: [
          { label: "Class" },
          { label: "Lines", numeric: true },
          { label: "Share", numeric: true, show: (v) => (typeof v === "number" ? share(v) : none) },
          {
            label: "Amount",
            numeric: true,
            show: (v) => (typeof v === "number" ? fullMoney(v, session.currency, greatest) : none),
          },
        ],
        rows: lines.map((l) => [l.label, l.lines, all > 0 ? l.lines / all : null, l.amount]),
      })}
      exportCsv={() => getCsv("/waterfall")}
      picture={{
        build: (canvas) => barsOption(bars, "bars", canvas),
        width: Math.round(def.width * 97),
        height: barsHeight(bars),
      }}
    >
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="rows" height={320} />
      ) : lines.length === 0 ? (
        <Empty command="kith build">The table mart_loss_waterfall has no rows yet.</Empty>
      ) : (
        <table className="data bars">
          <thead>
            <tr>
              <th>Class</th>
              <th>
                <span className="sr">Size</span>
              </th>
              <th className="num">Lines</th>
              <th className="num">Share</th>
              <th className="num wide-only">Amount</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((l) => (
              <tr key={l.label}>
                <td className="ink-1">{l.label}</td>
                <td className="bar-cell">
                  <span className={l.kept ? "bar" : "bar ghost"} style={{ width: `${(100 * l.lines) / high}%` }} />
                </td>
                <td className="num ink-1">{count(l.lines)}</td>
                <td className="num">{all > 0 ? share(l.lines / all) : none}</td>
                <td className="num wide-only">
                  {l.amount === null ? none : fullMoney(l.amount, session.currency, greatest)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>All lines</td>
              <td />
              <td className="num">{count(all)}</td>
              <td className="num">{share(1)}</td>
              <td className="num wide-only">{fullMoney(amount, session.currency, greatest)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </Block>
  );
}
