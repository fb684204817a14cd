import * as z from "zod/mini";
import type { RowsRequest } from "../dashboards/panels";

const request = z.object({
  metric: z.string(),
  part: z.optional(z.string()),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  filters: z.array(
    z.object({
      dimension: z.string(),
      op: z.enum(["eq", "ne", "in", "not_in", "gt", "gte", "lt", "lte", "between", "is_null"]),
      values: z.optional(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    }),
  ),
});

/** Reads what the address says of the rows; null when it can't be read. */
export function readRows(text: string): RowsRequest | null {
  try {
    return request.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What was picked: customers of a segment or of a cell of two dimensions, or those of a cohort in a month. */
export type Picked =
  | { kind: "cohort"; cohort: string; month: number }
  | { kind: "groups"; filters: { dimension: string; value: string }[] };

export function readPick(text: string): Picked | null {
  const cohort = /^cohort:(\d{4}-\d{2}(?:-\d{2})?)\.(\d+)$/.exec(text);
  if (cohort) return { kind: "cohort", cohort: cohort[1] ?? "", month: Number(cohort[2]) };
  const cut = /^([a-z_]+):(.+?)(?:,([a-z_]+):(.+))?$/.exec(text);
  if (!cut) return null;
  const filters = [{ dimension: cut[1] ?? "", value: cut[2] ?? "" }];
  if (cut[3]) filters.push({ dimension: cut[3], value: cut[4] ?? "" });
  return { kind: "groups", filters };
}
