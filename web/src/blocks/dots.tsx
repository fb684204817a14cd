import { type ReactNode, useMemo } from "react";
import { barsHeight, barsOption } from "../charts/options/bars";
import { niceScale, tickLabels } from "../charts/scale";
import { groups, now } from "../dashboards/groups";
import type { BlockDef } from "../dashboards/types";
import { useBlock, useFinding } from "../dashboards/use-block";
import { useFilters } from "../lib/filters";
import { fullValue, interval } from "../lib/format";
import { metricColumn } from "../lib/result";
import { GroupBlock } from "./frame";

/** Groups as dots with their 95 % intervals, on one scale. */
export function Dots({ def }: { def: BlockDef }): ReactNode {
  const { session } = useFilters();
  const data = useBlock(def, "none", "none");
  const sentence = useFinding(def, data.result);
  const metric = def.query?.metrics[0] ?? "";
  const column = data.result && metricColumn(data.result, metric);
  const list = useMemo(() => (data.result ? groups(data.result) : []), [data.result]);
  const ends = list.flatMap((g) => [now(g, metric) ?? 0, g.values[metric]?.high ?? 0]);
  const scale = niceScale(0, column?.format === "share" ? Math.max(0.1, ...ends) : Math.max(...ends, 1));
  const at = (v: number): string => `${Math.max(0, Math.min(100, (100 * (v - scale.min)) / (scale.max - scale.min)))}%`;
  const labels = tickLabels(scale, column?.format, session.currency);
  const show = (v: number): string => fullValue(v, column?.format, session.currency);
  const bars = list.map((g) => ({
    name: g.name,
    value: now(g, metric) ?? 0,
    text: show(now(g, metric) ?? 0),
    other: now(g, metric) ?? 0,
  }));
  return (
    <GroupBlock
      def={def}
      data={data}
      finding={sentence}
      height={def.height || 224}
      picture={{ build: (canvas) => barsOption(bars, "dots", canvas), height: barsHeight(bars) }}
    >
      <table className="data dots-table">
        <thead>
          <tr>
            <th>
              <span className="sr">{def.title}</span>
            </th>
            <th className="axis" aria-hidden="true">
              {scale.ticks.map((t, i) => (
                <span
                  key={t}
                  className={`at${i === 0 ? " first" : i === scale.ticks.length - 1 ? " last" : ""}`}
                  style={{ left: at(t) }}
                >
                  {labels[i]}
                </span>
              ))}
            </th>
            <th className="num">{column?.label}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((g) => {
            const v = g.values[metric];
            const sure =
              v?.low != null && v.high != null
                ? `95%: ${interval(v.low, v.high, show)}${v.n == null ? "" : `, n ${v.n.toLocaleString("en-GB")}`}`
                : "";
            return (
              <tr key={g.name}>
                <td className="ink-1 nowrap">{g.name}</td>
                <td className="axis" title={sure}>
                  {scale.ticks.map((t) => (
                    <span key={t} className="gridline" style={{ left: at(t) }} />
                  ))}
                  {v?.low != null && v.high != null && (
                    <span
                      className="interval"
                      style={{
                        left: at(v.low),
                        width: `${Math.max(0.5, (100 * (v.high - v.low)) / (scale.max - scale.min))}%`,
                      }}
                    />
                  )}
                  {v?.now != null && <span className="dot" style={{ left: at(v.now) }} />}
                </td>
                <td className="num ink-1">
                  {show(v?.now ?? Number.NaN)}
                  <span className="sr"> {sure}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </GroupBlock>
  );
}
