import type { Session } from "../api/types";
import type { BlockDef, BlockKind } from "../dashboards/types";
import { monthsBetween } from "../lib/dates";

/** The heights of what a block draws, where its file says none. */
const usual: Partial<Record<BlockKind, number>> = {
  curve: 264,
  dots: 224,
  heatmap: 344,
  movement: 320,
  table: 260,
  waterfall: 320,
};

/** The room that a block takes, kept free until it is there, so that nothing moves when it comes. */
export function roomOf(def: BlockDef, session: Pick<Session, "first_day" | "last_day">): number {
  const own = def.height || usual[def.kind] || 200;
  if (def.kind === "curve") return own + 76; // the numbers behind it
  if (def.kind !== "cohort") return own;
  // A row a month, the head, the foot and what the shades mean; the small form has a few rows.
  return def.width < 7 ? 250 : 26 * (monthsBetween(session.first_day ?? "", session.last_day ?? "") + 2) + 58;
}
