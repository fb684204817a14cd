import AxeBuilder from "@axe-core/playwright";
import { expect, settled, test } from "./kith";

interface Profile {
  row_count: number;
  columns: { name: string; personal: boolean; anomalies: { count: number; text: string }[] }[];
}

test("a source opens its profile, by mouse and by keyboard", async ({ watched: page, request }) => {
  const known = (await (await request.get("/api/v1/sources/transactions/profile")).json()) as Profile;
  await page.goto("/data?tab=sources");
  await settled(page);
  const opener = page.getByRole("button", { name: "transactions", exact: true });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/source=transactions/);
  await settled(page);
  const columns = page.getByRole("region", { name: "Columns", exact: true });
  await expect(columns.locator("tbody tr")).toHaveCount(known.columns.length);
  await expect(page.getByRole("region", { name: "transactions", exact: true })).toContainText(
    `${known.row_count.toLocaleString("en-GB")} rows`,
  );
  const odd = known.columns.find((c) => c.anomalies.length > 0);
  expect(odd, "the made-up data has something unusual").toBeDefined();
  const found = page.getByRole("region", { name: "What is unusual" }).first();
  await expect(found).toContainText(odd?.anomalies[0]?.text ?? "");
  await columns.getByRole("button", { name: "amount", exact: true }).click();
  const one = page.getByRole("region", { name: "amount", exact: true });
  await expect(one).toContainText("Standard deviation");
  await one.getByRole("button", { name: "Close" }).click();
  await expect(one).toHaveCount(0);
  await page.getByRole("button", { name: "All sources" }).click();
  await expect(opener).toBeVisible();
});

test("personal columns are counted and not shown", async ({ watched: page, request }) => {
  const text = await (await request.get("/api/v1/sources/customers/profile")).text();
  const known = JSON.parse(text) as Profile;
  expect(text).not.toContain("@example");
  await page.goto("/data?tab=sources&source=customers&column=email");
  await settled(page);
  const personal = known.columns.filter((c) => c.personal).length;
  expect(personal).toBeGreaterThan(3);
  await expect(page.locator(".badge.warn", { hasText: "personal" })).toHaveCount(personal);
  await expect(page.getByRole("region", { name: "email", exact: true })).toContainText("its values are not shown");
  await expect(page.locator("main")).not.toContainText("@");
});

test("a source that is not there says how to get it, and a fault how to try again", async ({ page }) => {
  await page.goto("/data?tab=sources&source=nothing");
  await settled(page);
  await expect(page.locator("main .empty")).toContainText("kith load nothing FILE");
  await page.route("**/api/v1/sources/products/profile", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      body: '{"title":"Broken","code":"internal"}',
    }),
  );
  await page.goto("/data?tab=sources&source=products");
  const failed = page.locator('main .failed[role="alert"]');
  await expect(failed).toContainText("This could not be read");
  await page.unroute("**/api/v1/sources/products/profile");
  await failed.getByRole("button", { name: "Retry" }).click();
  await settled(page);
  await expect(page.getByRole("region", { name: "Columns", exact: true }).locator("tbody tr").first()).toBeVisible();
});

for (const width of [1440, 360]) {
  for (const theme of ["light", "dark"] as const) {
    test(`a profile fits and is readable at ${width} px, ${theme}`, async ({ watched: page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.goto("/data?tab=sources&source=transactions&column=amount");
      await settled(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, "the page scrolls sideways").toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      const serious = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
      expect(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join("; ")}`)).toEqual([]);
      if (process.env.KITH_E2E_PICTURES) {
        await page.screenshot({ path: `${process.env.KITH_E2E_PICTURES}/${width}-${theme}.png`, fullPage: true });
        await page.goto("/data?tab=sources&source=transactions");
        await settled(page);
        await page.screenshot({ path: `${process.env.KITH_E2E_PICTURES}/${width}-${theme}-list.png`, fullPage: true });
      }
    });
  }
}
