import { type ReactNode, useMemo } from "react";
import { useNavigate } from "react-router";
import { barsHeight, barsOption } from "../charts/options/bars";
import { niceScale } from "../charts/scale";
import { groups, labelOf, now, total } from "../dashboards/groups";
import type { BlockDef } from "../dashboards/types";
import { useBlock, useFinding } from "../dashboards/use-block";
import { useFilters } from "../lib/filters";
import { none, share, signedPoints } from "../lib/format";
import { keptSearch } from "../lib/url";
import { GroupBlock } from "./frame";

/** Two metrics' shares of each group on one scale, joined: who weighs more than they count. */
export function Dumbbell({ def }: { def: BlockDef }): ReactNode {
  const { setParams } = useFilters();
  const navigate = useNavigate();
  const data = useBlock(def);
  const sentence = useFinding(def, data.result);
  const [first = "", second = ""] = def.query?.metrics ?? [];
  const rows = useMemo(() => {
    const list = data.result ? groups(data.result) : [];
    const sums = [total(list, first), total(list, second)];
    const before = list.reduce((sum, g) => sum + (g.values[second]?.before ?? 0), 0);
    return list.map((g) => {
      const b = sums[1] ? (now(g, second) ?? 0) / sums[1] : 0;
      const then = g.values[second]?.before;
      return {
        name: g.name,
        a: sums[0] ? (now(g, first) ?? 0) / sums[0] : 0,
        b,
        delta: before > 0 && then != null ? b - then / before : null,
      };
    });
  }, [data.result, first, second]);
  const scale = niceScale(0, Math.max(0.05, ...rows.flatMap((r) => [r.a, r.b])), 2);
  const at = (v: number): string => `${(100 * Math.max(0, v)) / scale.max}%`;
  const compared = rows.some((r) => r.delta !== null);
  const [nameA, nameB] = [labelOf(data.result, first), labelOf(data.result, second)];
  const bars = rows.map((r) => ({ name: r.name, value: r.b, other: r.a, text: `${share(r.a)} / ${share(r.b)}` }));
  const pick = (name: string): void => {
    if (def.select) setParams({ segment: `${def.select}:${name}` });
    else void navigate(`/segments${keptSearch(new URLSearchParams(window.location.search))}`);
  };
  return (
    <GroupBlock
      def={def}
      data={data}
      finding={sentence}
      height={def.height || 232}
      picture={{ build: (canvas) => barsOption(bars, "dots", canvas), height: barsHeight(bars) }}
    >
      <table className="data mix">
        <thead>
          <tr>
            <th>Group</th>
            <th className="axis" aria-hidden="true">
              {scale.ticks.map((t, i) => (
                <span
                  key={t}
                  className={`at${i === 0 ? " first" : i === scale.ticks.length - 1 ? " last" : ""}`}
                  style={{ left: at(t) }}
                >
                  {i === scale.ticks.length - 1 ? `${Math.round(t * 100)}%` : Math.round(t * 100)}
                </span>
              ))}
            </th>
            <th className="num" title={`Share of ${nameA.toLowerCase()}`}>
              Cust. %
            </th>
            <th className="num x-1" title={`Share of ${nameB.toLowerCase()}`}>
              Rev. %
            </th>
            {compared && (
              <th className="num" title={`Change in the share of ${nameB.toLowerCase()}, percentage points`}>
                Δ pp
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.name}>
              <td className="ink-1 nowrap">
                <button type="button" className="drill" onClick={() => pick(r.name)}>
                  {r.name}
                </button>
              </td>
              <td className="axis" aria-hidden="true">
                {scale.ticks.map((t) => (
                  <span key={t} className="gridline" style={{ left: at(t) }} />
                ))}
                <span
                  className="join"
                  style={{ left: at(Math.min(r.a, r.b)), width: `${(100 * Math.abs(r.a - r.b)) / scale.max}%` }}
                />
                <span className="dot ghost" style={{ left: at(r.a) }} />
                <span className="dot" style={{ left: at(r.b) }} />
              </td>
              <td className="num">{(r.a * 100).toFixed(1)}</td>
              <td className="num x-1">{(r.b * 100).toFixed(1)}</td>
              {compared && (
                <td
                  className={`num ${r.delta === null || Math.abs(r.delta) < 0.0005 ? "" : r.delta > 0 ? "good" : "bad"}`}
                >
                  {r.delta === null ? none : signedPoints(r.delta).replace(" pp", "")}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="legend under-table">
        <span>
          <i className="swatch dot ghost" /> Share of {nameA.toLowerCase()}
        </span>
        <span>
          <i className="swatch dot" /> Share of {nameB.toLowerCase()}
        </span>
      </p>
    </GroupBlock>
  );
}
