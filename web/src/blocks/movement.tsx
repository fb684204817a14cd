import { type ReactNode, useCallback, useMemo } from "react";
import { type Build, Chart } from "../charts/chart";
import { type Flow, movementChart } from "../charts/options/movement";
import { groups, now } from "../dashboards/groups";
import type { BlockDef } from "../dashboards/types";
import { useBlock, useFinding } from "../dashboards/use-block";
import { useFilters } from "../lib/filters";
import { nameOf } from "../lib/result";
import { GroupBlock } from "./frame";

/** Who moved from which group to which. */
export function Movement({ def }: { def: BlockDef }): ReactNode {
  const { session, filters } = useFilters();
  const data = useBlock(def, "none", "none");
  const sentence = useFinding(def, data.result);
  const metric = def.query?.metrics[0] ?? "";
  const flows = useMemo<Flow[]>(
    () =>
      (data.result ? groups(data.result) : [])
        .map((g) => ({ from: nameOf(g.keys[0]), to: nameOf(g.keys[1]), value: now(g, metric) ?? 0 }))
        .filter((f) => f.value > 0),
    [data.result, metric],
  );
  const order = useMemo(() => {
    const sums = new Map<string, number>();
    for (const f of flows) {
      sums.set(f.from, (sums.get(f.from) ?? 0) + f.value);
      sums.set(f.to, (sums.get(f.to) ?? 0) + f.value);
    }
    return [...sums.entries()].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  }, [flows]);
  const selected = filters.segment && order.includes(filters.segment.name) ? filters.segment.name : (order[0] ?? null);
  const build = useCallback<Build>((canvas) => movementChart(flows, order, selected, canvas), [flows, order, selected]);
  const height = def.height || 320;
  return (
    <GroupBlock def={def} data={data} finding={sentence} height={height} shape="bars" picture={{ build, height }}>
      <Chart build={build} height={height} currency={session.currency} label={`${def.title}. ${sentence}`} />
    </GroupBlock>
  );
}
