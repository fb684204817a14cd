import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { settled } from "./kith";
import { loggedShop, removeShop, type Served, salesLog, serve } from "./project";

/** Names that would run if they were taken for markup, in a log of their own. */
const hostile = [
  '<img src=x onerror="window.hacked=1">',
  "<script>window.hacked=1</script>",
  "javascript:window.hacked=1",
  "{{ constructor }}",
  '"><svg onload=window.hacked=1>',
];

const test = base.extend<object, { shop: Served }>({
  shop: [
    async ({ browser }, use) => {
      const file = join(process.cwd(), "test-results", "hostile.csv");
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      writeFileSync(
        file,
        ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"]
          .concat(
            hostile.map(
              (name, i) =>
                `99900${i},9990${i},${quoted(name)},1000,2011-12-0${i + 1} 10:00:00,99.5,99999,United Kingdom`,
            ),
          )
          .join("\n"),
      );
      const folder = loggedShop(file, ...(existsSync(salesLog) ? [salesLog] : []));
      const served = await serve(folder);
      const page = await browser.newPage();
      await page.goto(served.link);
      await page.context().storageState({ path: "test-results/log-state.json" });
      await page.close();
      await use(served);
      await served.stop();
      removeShop(folder);
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test.use({
  storageState: async ({ shop }, use) => use(shop ? "test-results/log-state.json" : undefined),
  baseURL: async ({ shop }, use) => use(shop.url),
});

const quiet = async (page: Page): Promise<void> => expect(await page.evaluate(() => "hacked" in window)).toBe(false);

test("every page stands on a sales log alone, without the other sources", async ({ page }) => {
  const wrong: string[] = [];
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(e.message));
  for (const path of [
    "/",
    "/segments",
    "/segments?tab=Clusters",
    "/retention",
    "/customers",
    "/customers/99999",
    "/data?tab=waterfall",
    "/data?tab=sources",
  ]) {
    await page.goto(path);
    await settled(page);
    await expect(page.locator('main .failed[role="alert"]')).toHaveCount(0);
    await quiet(page);
  }
  await expect(page.locator(".topbar .right").getByText("Synthetic data")).toHaveCount(0);
  expect(wrong).toEqual([]);
});

test("script in names of products is text, in the page and in its pictures", async ({ page }) => {
  await page.goto("/customers/99999");
  await settled(page);
  for (const name of hostile) await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
  await quiet(page);
});

test("the figures are those of the log", async ({ page, request }) => {
  test.skip(!existsSync(salesLog), "the public log is not here");
  const answer = (await (await request.get("/api/v1/waterfall")).json()) as {
    log: { line_class: string; line_count: number }[];
  };
  const of = (name: string): number => answer.log.find((l) => l.line_class === name)?.line_count ?? 0;
  expect(of("sale") - hostile.length).toBe(396_036);
  expect(of("guest")).toBe(131_250);
  await page.goto("/data?tab=waterfall");
  await settled(page);
  await expect(page.locator("tfoot td").nth(2)).toHaveText((541_909 + hostile.length).toLocaleString("en-GB"));
});
