import { type ReactNode, useCallback, useMemo } from "react";
import { type Build, Chart } from "../charts/chart";
import { bridgeChart, type Step } from "../charts/options/bridge";
import { scatterChart } from "../charts/options/scatter";
import { type Area, shadeRange, treemapChart } from "../charts/options/treemap";
import { type Group, groups, labelOf, now, only, total } from "../dashboards/groups";
import { usePanels } from "../dashboards/panels";
import type { BlockDef } from "../dashboards/types";
import { useBlock, useFinding } from "../dashboards/use-block";
import { longDay } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { shortMoney } from "../lib/format";
import { metricColumn } from "../lib/result";
import { Empty } from "../ui/states";
import { GroupBlock } from "./frame";
import { Ramp } from "./ramp";

/** The steps from one total to the next: the greatest changes by group, the rest as one. */
export function bridgeSteps(list: Group[], metric: string, before: string, after: string, most = 4): Step[] {
  const moved = list
    .map((g) => ({ name: g.name, value: (now(g, metric) ?? 0) - (g.values[metric]?.before ?? 0), end: false }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const shown = moved.length > most + 1 ? moved.slice(0, most) : moved;
  const rest = moved.slice(shown.length).reduce((sum, m) => sum + m.value, 0);
  shown.sort((a, b) => b.value - a.value);
  const then = list.reduce((sum, g) => sum + (g.values[metric]?.before ?? 0), 0);
  return [
    { name: before, value: then, end: true },
    ...shown,
    ...(moved.length > shown.length
      ? [{ name: `${moved.length - shown.length} others`, value: rest, end: false }]
      : []),
    { name: after, value: total(list, metric), end: true },
  ];
}

export function Bridge({ def }: { def: BlockDef }): ReactNode {
  const { session, filters } = useFilters();
  const data = useBlock(def);
  const sentence = useFinding(def, data.result);
  const metric = def.query?.metrics[0] ?? "";
  const before = filters.compare === "year" ? "Year before" : "Period before";
  const steps = useMemo(
    () => (data.result ? bridgeSteps(groups(data.result), metric, before, "This period") : []),
    [data.result, metric, before],
  );
  const build = useCallback<Build>((canvas) => bridgeChart(steps, canvas), [steps]);
  const height = def.height || Math.max(160, steps.length * 36);
  return (
    <GroupBlock
      def={def}
      data={data}
      finding={sentence}
      height={height}
      shape="bars"
      picture={data.result?.comparison ? { build, height } : undefined}
    >
      {data.result?.comparison ? (
        <Chart build={build} height={height} currency={session.currency} label={`${def.title}. ${sentence}`} />
      ) : (
        <Empty>
          {filters.asked === "none"
            ? "Choose in the bar above what to compare with."
            : `The data begins ${longDay(session.first_day ?? filters.from)}.`}
        </Empty>
      )}
    </GroupBlock>
  );
}

export function Treemap({ def }: { def: BlockDef }): ReactNode {
  const { session, filters, setParams } = useFilters();
  const data = useBlock(def, "none", "none");
  const sentence = useFinding(def, data.result);
  const [size = "", worth = ""] = def.query?.metrics ?? [];
  const areas = useMemo<Area[]>(
    () =>
      (data.result ? groups(data.result) : [])
        .map((g) => {
          const n = now(g, size) ?? 0;
          const money = worth ? now(g, worth) : null;
          return { name: g.name, size: n, shade: money !== null && n > 0 ? money / n : null };
        })
        .sort((a, b) => b.size - a.size),
    [data.result, size, worth],
  );
  const selected = filters.segment?.kind === def.select ? (filters.segment?.name ?? null) : null;
  const build = useCallback<Build>((canvas) => treemapChart(areas, selected, canvas), [areas, selected]);
  const height = def.height || 344;
  const pick = (i: number): void => {
    const area = areas[i];
    if (area && def.select) setParams({ pick: `${def.select}:${area.name}`, explain: null, rows: null });
  };
  const [low, high] = shadeRange(areas);
  return (
    <GroupBlock def={def} data={data} finding={sentence} height={height} shape="bars" picture={{ build, height }}>
      <Chart
        build={build}
        height={height}
        currency={session.currency}
        label={`${def.title}. ${sentence}`}
        onDrill={def.select ? pick : undefined}
        drillHint="Click for the customers"
      />
      {worth && (
        <Ramp low={shortMoney(low, session.currency)} high={`${shortMoney(high, session.currency)} per customer`} />
      )}
    </GroupBlock>
  );
}

export function Scatter({ def }: { def: BlockDef }): ReactNode {
  const { session, filters } = useFilters();
  const panels = usePanels();
  const data = useBlock(def, "none", "none");
  const sentence = useFinding(def, data.result);
  const [mx = "", my = ""] = def.query?.metrics ?? [];
  const { result } = data;
  const list = useMemo(
    () => (result ? groups(result) : []).filter((g) => now(g, mx) !== null && now(g, my) !== null),
    [result, mx, my],
  );
  const build = useCallback<Build>(
    (canvas) => {
      const axis = (m: string) => ({
        label: labelOf(result, m),
        format: result && metricColumn(result, m)?.format,
        unit: canvas.currency,
      });
      return scatterChart(
        {
          points: list.map((g) => ({ name: g.name, x: now(g, mx) ?? 0, y: now(g, my) ?? 0 })),
          x: axis(mx),
          y: axis(my),
        },
        canvas,
      );
    },
    [list, result, mx, my],
  );
  const height = def.height || 344;
  const drill = (i: number): void => {
    const group = list[i];
    if (!group) return;
    panels.rows({
      metric: my,
      title: group.name,
      from: filters.from,
      to: filters.to,
      filters: [only(def.query?.dimensions?.[0] ?? "", group.keys[0] ?? null)],
    });
  };
  return (
    <GroupBlock def={def} data={data} finding={sentence} height={height} shape="bars" picture={{ build, height }}>
      <Chart
        build={build}
        height={height}
        currency={session.currency}
        label={`${def.title}. ${sentence}`}
        onDrill={drill}
        drillHint="Click for the rows"
      />
    </GroupBlock>
  );
}
