import { type ReactNode, useCallback, useMemo } from "react";
import { keptAt, useResource } from "../api/queries";
import type { Cohorts } from "../api/resources";
import { type Build, Chart } from "../charts/chart";
import { curveChart } from "../charts/options/curve";
import type { BlockDef } from "../dashboards/types";
import { withNote } from "../dashboards/use-block";
import { finding } from "../finding/finding";
import { useFilters } from "../lib/filters";
import { count, none, share } from "../lib/format";
import { Empty, Failed, Loading } from "../ui/states";
import { Block, orRoom } from "./block";
import { cohortNames } from "./cohort";
import { roomOf } from "./room";

/** The share of customers that buy in each month after their first order, with its 95 % band and numbers behind it. */
export function Curve({ def }: { def: BlockDef }): ReactNode {
  const { session, filters } = useFilters();
  const found = useResource<Cohorts>("/cohorts", { measure: "retention", months: def.months || undefined });
  const points = useMemo(
    () => (found.data?.average ?? []).filter((a) => a.value !== null && a.month > 0),
    [found.data],
  );
  const build = useCallback<Build>(
    (canvas) =>
      curveChart(
        points.map((p) => ({ month: p.month, value: p.value ?? 0, low: p.low, high: p.high, n: p.n })),
        canvas,
      ),
    [points],
  );
  const sentence =
    found.data && def.finding
      ? finding(def.finding, null, session.currency, cohortNames(found.data, "retention", session.currency))
      : "";
  const height = def.height || 264;
  const marks = [1, 2, 3, 6, 9, 12, 18, 24]
    .map((m) => points.find((p) => p.month === m))
    .filter((p) => p !== undefined);
  return (
    <Block
      title={def.title}
      finding={orRoom(sentence, def)}
      width={def.width}
      currency={session.currency}
      stale={found.isPlaceholderData}
      note={withNote(def, filters.segment !== null)}
      kept={{ at: keptAt(found), onRetry: () => void found.refetch() }}
      table={() => ({
        head: [
          { label: "Months since first order" },
          { label: "Buying", numeric: true, show: (v) => (typeof v === "number" ? share(v) : none) },
          { label: "Low, 95%", numeric: true, show: (v) => (typeof v === "number" ? share(v) : none) },
          { label: "High, 95%", numeric: true, show: (v) => (typeof v === "number" ? share(v) : none) },
          { label: "Customers observed", numeric: true },
        ],
        rows: points.map((p) => [p.month, p.value, p.low, p.high, p.n]),
      })}
      picture={{ build, width: Math.round(def.width * 97), height }}
    >
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="bars" height={roomOf(def, session)} />
      ) : points.length === 0 ? (
        <Empty command="kith build">No month after a first order is over yet.</Empty>
      ) : (
        <>
          <Chart build={build} height={height} currency={session.currency} label={`${def.title}. ${sentence}`} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <section className="scroll-x" tabIndex={0} aria-label="Numbers behind the curve">
            <table className="data dense">
              <thead>
                <tr>
                  <th scope="col">Months since first order</th>
                  {marks.map((p) => (
                    <th key={p.month} scope="col" className="num">
                      {p.month}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                <tr>
                  <td>Customers observed</td>
                  {marks.map((p) => (
                    <td key={p.month} className="num">
                      {p.n === null ? none : count(p.n)}
                    </td>
                  ))}
                </tr>
              </tbody>
            </table>
          </section>
        </>
      )}
    </Block>
  );
}
