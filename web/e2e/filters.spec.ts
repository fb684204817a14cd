import type { Page } from "@playwright/test";
import type { MetricQuery } from "../src/api/types";
import { shortMoney, shortValue } from "../src/lib/format";
import { cell } from "../src/lib/result";
import { presetRange } from "../src/lib/url";
import { ask, expect, session, settled, test } from "./kith";

const tile = (page: Page, metric: string) => page.locator(`[data-metric="${metric}"]`);

test.describe("each filter", () => {
  test("of the range changes the figures to those of the API, and stands in the address", async ({
    watched: page,
    request,
  }) => {
    const { first_day: first, last_day: last, currency } = await session(request);
    await page.goto("/");
    await settled(page);
    for (const [name, label] of [
      ["4w", "4 weeks"],
      ["quarter", "Quarter to date"],
      ["all", "All data"],
    ] as const) {
      await page.getByRole("button", { name: /^Date range/ }).click();
      await page.getByRole("button", { name: new RegExp(`^${label}`) }).click();
      await settled(page);
      const range = presetRange(name, first ?? "", last ?? "");
      for (const metric of ["net_revenue", "customers"]) {
        const wanted = await ask(request, { metrics: [metric], ...range });
        const format = wanted.columns.find((c) => c.role === "metric")?.format;
        await expect(tile(page, metric)).toHaveText(
          shortValue(cell(wanted, wanted.rows[0], "metric", metric), format, currency),
        );
      }
      expect(new URL(page.url()).searchParams.get("range")).toBe(name);
    }
  });

  test("takes any two days, and refuses them the wrong way round", async ({ watched: page, request }) => {
    const { last_day: last, currency } = await session(request);
    const year = (last ?? "").slice(0, 4);
    await page.goto("/");
    await settled(page);
    await page.getByRole("button", { name: /^Date range/ }).click();
    await page.getByLabel("From", { exact: true }).fill(`${year}-06-10`);
    await page.getByLabel("To, included", { exact: true }).fill(`${year}-06-01`);
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("alert")).toHaveText("The first day is after the last.");
    await page.getByLabel("To, included", { exact: true }).fill(`${year}-06-30`);
    await page.getByRole("button", { name: "Apply" }).click();
    await settled(page);
    const wanted = await ask(request, { metrics: ["net_revenue"], from: `${year}-06-10`, to: `${year}-06-30` });
    await expect(tile(page, "net_revenue")).toHaveText(
      shortMoney(cell(wanted, wanted.rows[0], "metric", "net_revenue") ?? 0, currency),
    );
  });

  test("of the comparison changes the earlier value", async ({ watched: page, request }) => {
    const { currency } = await session(request);
    await page.goto("/?range=13w");
    await settled(page);
    const lead = page.locator(".kpi.lead .delta");
    for (const [name, item] of [
      ["previous", "Period before"],
      ["year", "Year before"],
    ] as const) {
      await page.getByRole("button", { name: /^Against/ }).click();
      await page.getByRole("menuitem", { name: item }).click();
      await settled(page);
      const { first_day: first, last_day: last } = await session(request);
      const wanted = await ask(request, {
        metrics: ["net_revenue"],
        ...presetRange("13w", first ?? "", last ?? ""),
        compare: name,
      });
      await expect(lead).toContainText(
        `from ${shortMoney(cell(wanted, wanted.rows[0], "comparison", "net_revenue") ?? 0, currency)}`,
      );
    }
    await page.getByRole("button", { name: /^Against/ }).click();
    await page.getByRole("menuitem", { name: "Nothing" }).click();
    await settled(page);
    await expect(lead).not.toContainText("from");
    const bridge = page.getByRole("region", { name: "Where the change came from" }).first();
    await expect(bridge).toContainText("There is no earlier period to compare with.");
    await expect(bridge.locator(".chart")).toHaveCount(0);
  });

  test("of a range before which there is no data compares nothing, and says so", async ({ watched: page }) => {
    await page.goto("/?range=all&vs=year");
    await settled(page);
    await expect(page.getByRole("button", { name: /^Against/ })).toContainText("year before: no data");
    await expect(page.locator(".page-head p")).toContainText("compared with nothing: the data begins");
    await expect(page.locator(".kpi.lead .delta")).not.toContainText("from");
    await expect(page.getByRole("region", { name: "Revenue, new against returning" }).first()).toContainText(
      /customers brought \d+%/,
    );
  });

  test("of the segment is told where a figure is not kept by it", async ({ watched: page }) => {
    const note = "All customers: this figure is not kept by segment.";
    await page.goto("/retention?segment=rfm_group:Champions");
    await settled(page);
    for (const title of ["Cohorts", "How many come back"])
      await expect(page.getByRole("region", { name: title }).first()).toContainText(note);
    await expect(page.getByRole("region", { name: "Customers by churn risk" }).first()).not.toContainText("–");
  });

  test("of the segment narrows every figure that is kept by segment", async ({ watched: page, request }) => {
    const { currency, first_day: first, last_day: last } = await session(request);
    await page.goto("/?range=52w");
    await settled(page);
    await page
      .locator(".filters")
      .getByRole("button", { name: /^Segment/ })
      .click();
    await page.getByRole("button", { name: /^At Risk/ }).click();
    await settled(page);
    const filters: MetricQuery["filters"] = [{ dimension: "rfm_group", op: "eq", values: ["At Risk"] }];
    const wanted = await ask(request, {
      metrics: ["net_revenue"],
      ...presetRange("52w", first ?? "", last ?? ""),
      filters,
    });
    await expect(tile(page, "net_revenue")).toHaveText(
      shortMoney(cell(wanted, wanted.rows[0], "metric", "net_revenue") ?? 0, currency),
    );
    await expect(page.locator(".page-head p")).toContainText("At Risk only");
    await page.getByRole("link", { name: "Retention", exact: true }).click();
    await expect(page).toHaveURL(/segment=rfm_group/);
  });

  test("of the range stands only where it does something", async ({ watched: page, request }) => {
    const list = (await (await request.get("/api/v1/customers?limit=1")).json()) as {
      items: { customer_id: string }[];
    };
    for (const [path, ranged] of [
      ["/", true],
      ["/segments", false],
      ["/segments?tab=Demographic", true],
      ["/customers", false],
      [`/customers/${encodeURIComponent(list.items[0]?.customer_id ?? "")}`, false],
    ] as const) {
      await page.goto(path);
      await settled(page);
      await expect(page.getByRole("button", { name: /^Date range/ })).toHaveCount(ranged ? 1 : 0);
      await expect(page.locator(".filters .as-of")).toHaveCount(ranged ? 0 : 1);
    }
    await page.goto("/segments");
    await settled(page);
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    await settled(page);
    await expect(page.getByRole("button", { name: /^Date range/ })).toHaveCount(1);
  });

  test("of a range without a whole month leaves no sentence of another behind", async ({ watched: page }) => {
    await page.goto("/retention?range=52w");
    await settled(page);
    const block = page.getByRole("region", { name: "Who stayed, by month" }).first();
    await expect(block).toContainText("of the customers of a month buy in the next");
    await page.getByRole("button", { name: /^Date range/ }).click();
    await page.getByRole("button", { name: /^4 weeks/ }).click();
    await settled(page);
    await expect(block).toContainText("the range holds no whole month");
    await expect(block).not.toContainText("buy in the next");
  });

  test("of customers lists those that the API lists", async ({ watched: page, request }) => {
    await page.goto("/customers?segment=rfm_group:Champions");
    await settled(page);
    const list = (await (
      await request.get(
        "/api/v1/customers?segment_kind=rfm_group&segment=Champions&sort=net_revenue&order=desc&limit=100",
      )
    ).json()) as {
      items: { customer_id: string }[];
      total: number;
    };
    await expect(page.locator("table.data tbody tr:not(.spacer) td:first-child a").first()).toHaveText(
      list.items[0]?.customer_id ?? "",
    );
    await expect(page.locator(".table-foot").first()).toContainText(`${list.total.toLocaleString("en-GB")} customers`);
    await page.getByRole("searchbox").fill(list.items[3]?.customer_id ?? "");
    await expect(page.locator("table.data tbody tr:not(.spacer) td:first-child a").first()).toHaveText(
      list.items[3]?.customer_id ?? "",
    );
  });

  test("of the timeline and of transactions is the API's", async ({ watched: page, request }) => {
    const list = (await (await request.get("/api/v1/customers?limit=1&sort=order_count&order=desc")).json()) as {
      items: { customer_id: string }[];
    };
    const id = encodeURIComponent(list.items[0]?.customer_id ?? "");
    await page.goto(`/customers/${id}`);
    await settled(page);
    await page.getByRole("button", { name: "Orders", exact: true }).click();
    await settled(page);
    const orders = (await (await request.get(`/api/v1/customers/${id}/timeline?kinds=order&limit=20`)).json()) as {
      items: { title: string }[];
    };
    await expect(page.locator(".events b")).toHaveText(orders.items.map((e) => e.title));
    await page.getByRole("button", { name: /^Class \w/ }).click();
    await page.getByRole("menuitem", { name: "sale" }).click();
    await settled(page);
    const sales = (await (await request.get(`/api/v1/customers/${id}/transactions?class=sale&limit=20`)).json()) as {
      total: number;
    };
    await expect(page.getByRole("region", { name: "Transactions" }).first()).toContainText(
      `${sales.total.toLocaleString("en-GB")} lines`,
    );
  });
});
