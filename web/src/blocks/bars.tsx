import { type ReactNode, useMemo } from "react";
import { barsHeight, barsOption } from "../charts/options/bars";
import { groups, now, only } from "../dashboards/groups";
import { usePanels } from "../dashboards/panels";
import type { BlockDef } from "../dashboards/types";
import { useBlock, useFinding } from "../dashboards/use-block";
import { useFilters } from "../lib/filters";
import { change, fullValue, none, shortValue } from "../lib/format";
import { metricColumn, unnamed } from "../lib/result";
import { GroupBlock } from "./frame";

/** Groups as bars, the greatest first. */
export function Bars({ def }: { def: BlockDef }): ReactNode {
  const { session, filters } = useFilters();
  const panels = usePanels();
  const data = useBlock(def);
  const sentence = useFinding(def, data.result);
  const metric = def.query?.metrics[0] ?? "";
  const dimension = def.query?.dimensions?.[0] ?? "";
  const column = data.result && metricColumn(data.result, metric);
  const list = useMemo(() => (data.result ? groups(data.result) : []), [data.result]);
  const high = Math.max(1e-9, ...list.map((g) => now(g, metric) ?? 0));
  const bars = list.map((g) => ({
    name: g.name,
    value: now(g, metric) ?? 0,
    text: shortValue(now(g, metric), column?.format, session.currency),
  }));
  return (
    <GroupBlock
      def={def}
      data={data}
      finding={sentence}
      height={def.height || 224}
      picture={{ build: (canvas) => barsOption(bars, "bars", canvas), height: barsHeight(bars) }}
    >
      <table className="data bars">
        <thead className="sr">
          <tr>
            <th>{def.title}</th>
            <th>Size</th>
            <th>{column?.label}</th>
            <th>Change</th>
          </tr>
        </thead>
        <tbody>
          {list.map((g) => {
            const v = g.values[metric];
            return (
              <tr key={g.name}>
                <td className="ink-1">
                  <button
                    type="button"
                    className="drill"
                    onClick={() =>
                      panels.rows({
                        metric,
                        title: `${def.title}: ${g.name}`,
                        from: filters.from,
                        to: filters.to,
                        filters: [
                          ...(data.query?.filters ?? []),
                          ...(g.name === "Other"
                            ? []
                            : [only(dimension, g.name === unnamed ? null : (g.keys[0] ?? null))]),
                        ],
                      })
                    }
                  >
                    {g.name}
                  </button>
                </td>
                <td className="bar-cell">
                  <span
                    className={(v?.now ?? 0) < 0 ? "bar neg" : "bar"}
                    style={{ width: `${(100 * Math.abs(v?.now ?? 0)) / high}%` }}
                  />
                </td>
                <td className="num ink-1">{shortValue(v?.now, column?.format, session.currency)}</td>
                {data.result?.comparison && (
                  <td
                    className="num"
                    title={
                      v?.before == null
                        ? "Not in the period before"
                        : `Before: ${fullValue(v.before, column?.format, session.currency)}`
                    }
                  >
                    {v ? change(v.now, v.before, column?.format) : none}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </GroupBlock>
  );
}
