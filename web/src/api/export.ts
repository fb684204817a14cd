import { csv } from "../lib/csv";
import { getJson, type Params, postJson } from "./client";
import type { MetricRows, Page } from "./resources";
import type { Scalar } from "./types";

/** The most rows that the API gives at once, of lists and of the rows behind a number. */
const listPage = 500;
const rowsPage = 10_000;

/** All items of a list as CSV, page after page: an export has no end before the last row. */
export async function allItems(path: string, params: Params = {}): Promise<string> {
  const items: Record<string, Scalar>[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await getJson<Page<Record<string, Scalar>>>(path, { ...params, limit: listPage, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  const head = Object.keys(items[0] ?? {});
  return csv(
    head,
    items.map((item) => head.map((name) => item[name])),
  );
}

/** All rows behind a number as CSV. */
export async function allRows(body: object): Promise<string> {
  let head: string[] = [];
  const rows: Scalar[][] = [];
  let cursor: string | undefined;
  do {
    const page = await postJson<MetricRows>("/query/rows", { ...body, limit: rowsPage, cursor });
    head = page.columns.map((c) => c.name);
    rows.push(...page.rows);
    cursor = page.next_cursor || undefined;
  } while (cursor);
  return csv(head, rows);
}
