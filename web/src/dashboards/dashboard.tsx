import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Bars } from "../blocks/bars";
import { Block, orRoom } from "../blocks/block";
import { Bridge, Scatter, Treemap } from "../blocks/drawn";
import { Dumbbell } from "../blocks/dumbbell";
import { roomOf } from "../blocks/room";
import { Series } from "../blocks/series";
import { Tiles } from "../blocks/tiles";
import { useFilters } from "../lib/filters";
import { Boundary } from "../ui/boundary";
import { Failed, Loading } from "../ui/states";
import { useDashboard } from "./dashboard-of";
import type { BlockDef, BlockKind, Dashboard } from "./types";

// Those that the first page does without are loaded when they are drawn.
const Cohort = lazy(() => import("../blocks/cohort").then((m) => ({ default: m.Cohort })));
const Curve = lazy(() => import("../blocks/curve").then((m) => ({ default: m.Curve })));
const Dots = lazy(() => import("../blocks/dots").then((m) => ({ default: m.Dots })));
const GroupsTable = lazy(() => import("../blocks/groups-table").then((m) => ({ default: m.GroupsTable })));
const Heatmap = lazy(() => import("../blocks/heatmap").then((m) => ({ default: m.Heatmap })));
const Movement = lazy(() => import("../blocks/movement").then((m) => ({ default: m.Movement })));
const Waterfall = lazy(() => import("../blocks/waterfall").then((m) => ({ default: m.Waterfall })));
const Words = lazy(() => import("../blocks/words").then((m) => ({ default: m.Words })));

/** Which component draws which kind of block. */
const drawnBy: Record<BlockKind, ComponentType<{ def: BlockDef }>> = {
  tiles: Tiles,
  line: Series,
  area: Series,
  bar: Series,
  stacked_bar: Series,
  bars: Bars,
  dots: Dots,
  dumbbell: Dumbbell,
  bridge: Bridge,
  treemap: Treemap,
  scatter: Scatter,
  heatmap: Heatmap,
  movement: Movement,
  table: GroupsTable,
  cohort: Cohort,
  curve: Curve,
  waterfall: Waterfall,
  text: Words,
};

/** A block whose code is on its way: where it will stand, and its shape. */
function Coming({ def }: { def: BlockDef }): ReactNode {
  const { session } = useFilters();
  return (
    <Block title={def.title} finding={orRoom("", def)} width={def.width} currency="">
      <Loading shape="rows" height={roomOf(def, session)} />
    </Block>
  );
}

/** The rows of a dashboard; with a tab, those of the tab and those of none. */
export function DashboardRows({ dashboard, tab }: { dashboard: Dashboard; tab?: string }): ReactNode {
  const rows = dashboard.rows.filter((row) => !row.tab || row.tab === tab);
  return rows.map((row) => {
    const key = row.blocks.map((b) => b.name).join(" ");
    const [first] = row.blocks;
    if (row.blocks.length === 1 && first?.kind === "tiles") return <Tiles key={key} def={first} />;
    return (
      <div className="row" key={key}>
        {row.blocks.map((block) => {
          const Drawn = drawnBy[block.kind];
          return (
            <Boundary key={block.name}>
              <Suspense fallback={<Coming def={block} />}>
                <Drawn def={block} />
              </Suspense>
            </Boundary>
          );
        })}
      </div>
    );
  });
}

/** A dashboard by name, with what shows until it is there. */
export function DashboardPage({ name, tab }: { name: string; tab?: string }): ReactNode {
  const found = useDashboard(name);
  if (found.data) return <DashboardRows dashboard={found.data} tab={tab} />;
  if (found.error) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  return <Loading shape="tiles" height={112} />;
}
