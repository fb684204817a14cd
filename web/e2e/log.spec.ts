import { existsSync, readFileSync, writeFileSync } from "node:fs";
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
                `99900${i},${quoted(name)},${quoted(name)},1000,2011-12-0${i + 1} 10:00:00,99.5,${i === 0 ? quoted(name) : 99999},${quoted(name)}`,
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

test("script in names of products, customers and countries is text, in tables, in charts and in pictures", async ({
  page,
}) => {
  const [first = "", ...others] = hostile;
  await page.goto("/customers/99999");
  await settled(page);
  // The models write product codes in capitals.
  const codes = page.getByRole("region", { name: "Transactions" }).first().locator("td.ink-1");
  for (const name of others) await expect(codes.filter({ hasText: name }).first()).toBeVisible();
  await page.goto(`/customers/${encodeURIComponent(first)}`);
  await settled(page);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(first);
  await page.goto(`/segments?tab=Demographic&from=2011-12-01&to=2011-12-09`);
  await settled(page);
  await expect(page.getByRole("region", { name: "Country" }).first()).toContainText(first);
  await page.goto("/?from=2011-12-03&to=2011-12-04&vs=previous");
  await settled(page);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Where the change came from: table, export, definition" }).click();
  await page.getByRole("menuitem", { name: "Save as SVG" }).click();
  const svg = readFileSync(await (await waiting).path(), "utf8");
  expect(svg).not.toMatch(/<(img|script)/i);
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
