import { readFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";
import { parseCsv } from "../src/lib/csv";
import { presetRange } from "../src/lib/url";
import { ask, expect, session, settled, test } from "./kith";

async function saved(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const waiting: Promise<Download> = page.waitForEvent("download");
  await act();
  return readFileSync(await (await waiting).path());
}

test("a chart is walked with arrow keys down to its rows, which add up to its figure", async ({
  watched: page,
  request,
}) => {
  const { first_day: first, last_day: last } = await session(request);
  const range = presetRange("13w", first ?? "", last ?? "");
  await page.goto("/?range=13w&vs=none");
  await settled(page);
  const chart = page.getByRole("application", { name: /^Revenue, new against returning/ });
  await chart.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".tip .tip-title")).toContainText("Week of");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: /^Rows/ });
  await expect(panel).toBeFocused();
  await expect(panel.locator("table")).toBeVisible();
  const asked = JSON.parse(new URL(page.url()).searchParams.get("rows") ?? "{}") as { from: string; to: string };
  const wanted = await ask(request, { metrics: ["net_revenue"], grain: "week", ...range });
  const time = wanted.columns.findIndex((c) => c.role === "time");
  expect(wanted.rows[2]?.[time]).toBe(asked.from);
  const text = (await saved(page, () => panel.getByRole("button", { name: "Export all rows" }).click())).toString();
  const [head = [], ...rows] = parseCsv(text);
  const amount = head.indexOf("amount");
  expect(amount, head.join(" ")).toBeGreaterThanOrEqual(0);
  const pence = rows.reduce((sum, row) => sum + Math.round(Number(row[amount]) * 100), 0);
  const figure = wanted.rows[2]?.[wanted.columns.findIndex((c) => c.role === "metric")];
  expect(pence).toBe(Math.round(Number(figure) * 100));
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(chart).toBeFocused();
});

test("a figure explains itself: meaning, formula, SQL, tables, tests, rows; Esc closes and the focus goes back", async ({
  watched: page,
}) => {
  await page.goto("/");
  await settled(page);
  const label = page.locator(".kpi.lead .define");
  await label.focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Figure Net revenue" });
  await expect(panel).toBeFocused();
  await expect(panel.locator("pre.sql")).toContainText(/select/i);
  for (const part of ["Formula", "Tables under it", "Made from"])
    await expect(panel.getByRole("heading", { name: part })).toBeVisible();
  await expect(panel.getByText(/tests pass/).first()).toBeVisible();
  expect(page.url()).toContain("explain=net_revenue");
  await panel.getByRole("button", { name: "Show the rows" }).click();
  await expect(page.getByRole("complementary", { name: /^Rows/ }).locator("tbody tr").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".panel")).toHaveCount(0);
});

test("the rows of a ratio are those of one of its parts, which the reader chooses", async ({
  watched: page,
  request,
}) => {
  await page.goto("/?range=13w&explain=average_order_value");
  await settled(page);
  await page.getByRole("button", { name: "Show the rows" }).click();
  const panel = page.getByRole("complementary", { name: /^Rows/ });
  const parts = panel.getByRole("group", { name: "Part of the figure" }).getByRole("button");
  await expect(parts.first()).toHaveAttribute("aria-pressed", "true");
  await parts.nth(1).click();
  await expect(parts.nth(1)).toHaveAttribute("aria-pressed", "true");
  const asked = JSON.parse(new URL(page.url()).searchParams.get("rows") ?? "{}") as Record<string, unknown>;
  const answer = (await (
    await request.post("/api/v1/query/rows", {
      data: { metric: asked.metric, part: asked.part, from: asked.from, to: asked.to, limit: 100 },
    })
  ).json()) as { part: string; rows: unknown[]; total: number };
  expect(answer.part).toBe(asked.part);
  const loaded = answer.rows.length.toLocaleString("en-GB");
  await expect(panel.locator(".table-foot")).toContainText(`${loaded} of ${answer.total.toLocaleString("en-GB")} rows`);
});

test("the list of a segment is what the filter of every page says, and each customer one step back", async ({
  watched: page,
}) => {
  await page.goto("/segments?pick=rfm_group:At%20Risk");
  await settled(page);
  await page.getByRole("link", { name: /^Open all/ }).click();
  await settled(page);
  await expect(page.locator(".filters").getByRole("button", { name: /^Segment/ })).toContainText("At Risk");
  expect(new URL(page.url()).searchParams.get("segment")).toBe("rfm_group:At Risk");
  await expect(page.getByRole("region", { name: "Customers" }).first()).toContainText("customers in At Risk");
  await page.locator("table.data tbody tr:not(.spacer) a").first().click();
  await expect(page).toHaveURL(/\/customers\/./);
  await page.goBack();
  await expect(page).toHaveURL(/\/customers\?/);
});

test("a row that can be chosen is chosen by key", async ({ watched: page }) => {
  await page.goto("/segments");
  await settled(page);
  const row = page.getByRole("region", { name: "All segments" }).locator("tbody tr").first();
  for (const key of ["Enter", "Space"]) {
    await row.focus();
    await expect(row).toBeFocused();
    await page.keyboard.press(key);
    await expect(page.getByRole("complementary", { name: /^Segment/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.locator(".panel")).toHaveCount(0);
  }
});

test("customers are sorted by what the list can be sorted by, and by nothing else", async ({ watched: page }) => {
  await page.goto("/customers");
  await settled(page);
  const heads = page.locator("table.data thead th:has(.sorter)");
  for (let i = 0; i < (await heads.count()); i++) {
    await heads.nth(i).getByRole("button").click();
    await settled(page);
    await expect(page.locator("main .failed")).toHaveCount(0);
  }
  await expect(page.locator("table.data thead th", { hasText: "RFM group" }).getByRole("button")).toHaveCount(0);
});

test("a cell of the cohorts opens its members, as many as it says", async ({ watched: page, request }) => {
  await page.goto("/retention");
  await settled(page);
  const cell = page.locator('.heat [data-at="1,2"]');
  const said = / ([\d,]+) of ([\d,]+)/.exec((await cell.getAttribute("aria-label")) ?? "");
  await page.locator('.heat [data-at="0,0"]').focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(cell).toBeFocused();
  await page.keyboard.press("Enter");
  const pick = /cohort:(\S+)\.(\d+)/.exec(new URL(page.url()).searchParams.get("pick") ?? "");
  const panel = page.getByRole("complementary", { name: /^Cohort/ });
  await expect(panel.locator("tbody tr").first()).toBeVisible();
  const text = (await saved(page, () => panel.getByRole("button", { name: "Export all rows" }).click())).toString();
  const [head, ...members] = parseCsv(text);
  expect(members.length).toBe(Number((said?.[1] ?? "").replaceAll(",", "")));
  // Those who brought most stand first, on the page and in the file.
  await expect(panel.getByRole("heading", { name: "Highest revenue first" })).toBeVisible();
  const revenue = members.map((row) => Number(row[head?.indexOf("net_revenue") ?? -1]));
  expect(revenue).toEqual(revenue.toSorted((a, b) => b - a));
  await expect(panel.locator("tbody tr").first()).toContainText(
    members[0]?.[head?.indexOf("customer_id") ?? -1] ?? "none",
  );
  expect((await request.get(`/api/v1/cohorts/${pick?.[1]}/${pick?.[2]}/customers`)).status()).toBe(200);
});

test("a group of the treemap opens its customers, and the list is exported whole", async ({
  watched: page,
  request,
}) => {
  await page.goto("/segments");
  await settled(page);
  const chart = page.getByRole("application", { name: /^Size and worth/ });
  await chart.focus();
  await page.keyboard.press("Home");
  const name = (await page.locator(".tip .tip-title").textContent()) ?? "";
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: new RegExp(name) });
  await expect(panel.getByRole("heading", { name: "What sets them apart" })).toBeVisible();
  const text = (await saved(page, () => panel.getByRole("button", { name: "Export all rows" }).click())).toString();
  const list = (await (
    await request.get(`/api/v1/customers?segment_kind=rfm_group&segment=${encodeURIComponent(name)}&limit=1`)
  ).json()) as { total: number };
  expect(parseCsv(text).length - 1).toBe(list.total);
});

test("a cell of the scores lists the customers that it counts", async ({ watched: page }) => {
  await page.goto("/segments");
  await settled(page);
  const cell = page.locator('.score-grid [data-at="0,4"]');
  const counted = Number(((await cell.textContent()) ?? "").replaceAll(",", ""));
  await cell.click();
  await page.getByRole("button", { name: "List the customers" }).click();
  const panel = page.getByRole("complementary", { name: /^Rows/ });
  await expect(panel.locator("tbody tr").first()).toBeVisible();
  const text = (await saved(page, () => panel.getByRole("button", { name: "Export all rows" }).click())).toString();
  expect(parseCsv(text).length - 1).toBe(counted);
});

test("a chart becomes a table, CSV, SVG and PNG", async ({ watched: page, request }) => {
  const { first_day: first, last_day: last } = await session(request);
  await page.goto("/?range=13w&vs=none");
  await settled(page);
  const menu = page.getByRole("button", { name: "Revenue, new against returning: table, export, definition" });
  const choose = async (item: string): Promise<void> => {
    await menu.click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  const [head = [], ...rows] = parseCsv((await saved(page, () => choose("Save as CSV"))).toString());
  const wanted = await ask(request, {
    metrics: ["net_revenue"],
    dimensions: ["customer_type"],
    grain: "week",
    ...presetRange("13w", first ?? "", last ?? ""),
  });
  expect(head).toEqual(wanted.columns.map((c) => c.name));
  const at = head.indexOf("net_revenue");
  expect(rows.map((r) => Number(r[at]))).toEqual(wanted.rows.map((r) => r[at]));
  const svg = (await saved(page, () => choose("Save as SVG"))).toString();
  expect(svg).toMatch(/^<svg/);
  expect(svg).toContain("Returning");
  const png = await saved(page, () => choose("Save as PNG"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  await choose("Show as table");
  const block = page.getByRole("region", { name: "Revenue, new against returning" }).first();
  await expect(block.locator("table thead th").first()).toHaveText("Week");
  await expect(block.locator(".table-foot")).toContainText(`${wanted.rows.length} rows`);
});
