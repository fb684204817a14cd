import { expect, settled, test } from "./kith";

test("a build is started here, shows how far it is, and leaves the figures in place", async ({ watched: page }) => {
  await page.goto("/data");
  await settled(page);
  await page.getByPlaceholder("everything, or +model").fill("obt_overall_customer_kpis");
  const runs = page.locator("table.data tbody tr");
  const before = await runs.count();
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await expect(runs).toHaveCount(before + 1);
  const first = runs.first();
  await expect(first.locator(".badge")).toHaveText("success", { timeout: 50_000 });
  await first.click();
  await expect(page.getByRole("region", { name: "What it did" }).first()).toContainText("obt_overall_customer_kpis");
});

test("a build is cancelled", async ({ watched: page }) => {
  test.slow();
  await page.goto("/data");
  await settled(page);
  await page.getByRole("button", { name: "Build", exact: true }).click();
  const now = page.locator(".run-now");
  await expect(now).toContainText("starting");
  await expect(now).toContainText(/[\d,]+ of [\d,]+/, { timeout: 50_000 });
  await now.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("table.data tbody tr").first().locator(".badge")).toHaveText("cancelled", {
    timeout: 50_000,
  });
});

test("lineage shows a table's own line, and leads to the table", async ({ watched: page, request }) => {
  const graph = (await (await request.get("/api/v1/lineage")).json()) as { nodes: unknown[] };
  await page.goto("/data?tab=lineage");
  await settled(page);
  await expect(page.locator(".graph .node")).toHaveCount(graph.nodes.length);
  await page.getByPlaceholder("Find a node").fill("obt_overall");
  await page.getByRole("button", { name: "obt_overall_customer_kpis" }).first().click();
  await expect(page.getByRole("button", { name: "Show all" })).toBeVisible();
  const own = await page.locator(".graph .node").count();
  expect(own).toBeGreaterThan(3);
  expect(own).toBeLessThan(graph.nodes.length);
  await page.getByRole("link", { name: "Open the table" }).click();
  await expect(page.getByRole("heading", { name: "obt_overall_customer_kpis" })).toBeVisible();
  await expect(page.locator("pre.sql")).toContainText(/select/i);
});

test("the waterfall adds up to what came in", async ({ watched: page, request }) => {
  const answer = (await (await request.get("/api/v1/waterfall")).json()) as {
    items: { row_count: number }[];
    log: { line_count: number }[];
  };
  const lines = answer.log.length > 0 ? answer.log.map((l) => l.line_count) : answer.items.map((l) => l.row_count);
  await page.goto("/data?tab=waterfall");
  await settled(page);
  await expect(page.locator("tfoot td").nth(2)).toHaveText(lines.reduce((a, b) => a + b, 0).toLocaleString("en-GB"));
});
