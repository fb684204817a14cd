import AxeBuilder from "@axe-core/playwright";
import { expect, settled, test } from "./kith";

const pages = [
  "/",
  "/segments",
  "/segments?tab=Behavioural",
  "/segments?tab=Clusters",
  "/retention",
  "/customers",
  "CUSTOMER",
  "/data",
  "/data?tab=lineage",
  "/data?tab=tests",
  "/data?tab=sources",
  "/data?tab=waterfall",
  "/data?tab=rejects",
  "/data?tab=models&model=fct_transactions",
  "/?explain=net_revenue",
];

for (const width of [1440, 768, 360]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme: "light", reducedMotion: "reduce" } as Parameters<
      typeof test.use
    >[0]);
    for (const path of pages) {
      test(`${path} fits, is readable in light and dark, and quiet`, async ({ watched: page, request }) => {
        let to = path;
        if (path === "CUSTOMER") {
          const list = (await (await request.get("/api/v1/customers?limit=1")).json()) as {
            items: { customer_id: string }[];
          };
          to = `/customers/${encodeURIComponent(list.items[0]?.customer_id ?? "")}`;
        }
        await page.goto(to);
        await settled(page);
        await expect(page.locator("h1").first()).toBeVisible();
        await expect(page.locator('main .failed[role="alert"]')).toHaveCount(0);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over, "the page scrolls sideways").toBeLessThanOrEqual(0);
        // The evening comes while the page is open.
        const grounds = new Set<string>();
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await settled(page);
          const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
          // The dark page is the same page in other colours.
          const { violations } = await (colorScheme === "light"
            ? axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
            : axe.withRules("color-contrast")
          ).analyze();
          const serious = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
          expect(
            serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join("; ")}`),
            colorScheme,
          ).toEqual([]);
          grounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
        }
        expect(grounds.size, "the page stays light in the dark").toBe(2);
      });
    }
  });
}

for (const path of ["/", "/customers", "/data?tab=lineage"]) {
  test(`${path} fits a screen of 2560 px`, async ({ watched: page }) => {
    await page.setViewportSize({ width: 2560, height: 1440 });
    await page.goto(path);
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, "the page scrolls sideways").toBeLessThanOrEqual(0);
  });
}

test("an address that leads nowhere says so", async ({ watched: page }) => {
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
});
