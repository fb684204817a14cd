import type { Page } from "@playwright/test";
import { expect, settled, test } from "./kith";

async function palette(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder(/^Search pages/)).toBeFocused();
  await page.keyboard.type(text);
}

test("everything can be reached by keyboard alone", async ({ watched: page }) => {
  await page.goto("/");
  await settled(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "To the page" })).toBeFocused();
  await palette(page, "retention");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/retention/);
  await settled(page);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/segments/);
  await page.keyboard.press("/");
  await expect(page.getByPlaceholder(/^Search pages/)).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the palette finds customers, figures and tables", async ({ watched: page, request }) => {
  const list = (await (await request.get("/api/v1/customers?limit=1")).json()) as { items: { customer_id: string }[] };
  const id = list.items[0]?.customer_id ?? "";
  await page.goto("/");
  await settled(page);
  await palette(page, id);
  await page
    .getByRole("option", { name: new RegExp(id) })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`/customers/${id}`));
  await palette(page, "net revenue");
  await page
    .getByRole("option", { name: /^Net revenue/ })
    .first()
    .click();
  await expect(page.getByRole("complementary", { name: /Net revenue/ })).toBeVisible();
});

test("the theme is chosen, kept, and read by the charts", async ({ watched: page }) => {
  await page.goto("/");
  await settled(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page
    .getByRole("button", { name: /theme and help/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  expect(await ground()).not.toBe(light);
  await page.reload();
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
});

test("freshness, origin and tests are told on every page", async ({ watched: page, request }) => {
  const session = (await (await request.get("/api/v1/session")).json()) as { tests: { passed: number } };
  for (const path of ["/", "/data"]) {
    await page.goto(path);
    await settled(page);
    await expect(page.locator(".topbar .right .fresh")).toContainText(/Fresh to|Stale since|Data to/);
    await expect(page.locator(".topbar .right").getByText("Synthetic data")).toBeVisible();
    await expect(page.locator(".sidebar .build-state")).toContainText(String(session.tests.passed));
  }
});

test("a block fails alone, says what, and can be tried again", async ({ page, baseURL }) => {
  let broken = true;
  await page.route(`${baseURL}/api/v1/cohorts*`, (route) =>
    broken
      ? route.fulfill({
          status: 503,
          contentType: "application/problem+json",
          body: JSON.stringify({ title: "Busy", detail: "the warehouse is busy", code: "held" }),
        })
      : route.continue(),
  );
  await page.goto("/");
  const block = page.getByRole("region", { name: "Retention by first-order month" }).first();
  await expect(block.getByRole("alert")).toContainText("the warehouse is busy");
  await expect(block.getByRole("alert")).toContainText("held");
  await expect(page.locator('[data-metric="net_revenue"]')).not.toBeEmpty();
  broken = false;
  await block.getByRole("button", { name: "Retry" }).click();
  await expect(block.locator("table.heat")).toBeVisible();
});

test("what takes long shows its shape, then says so and can be cancelled", async ({ page, baseURL }) => {
  let open: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    open = done;
  });
  await page.route(`${baseURL}/api/v1/cohorts*`, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  await page.goto("/");
  const block = page.getByRole("region", { name: "Retention by first-order month" }).first();
  await expect(block.locator(".loading")).toBeVisible();
  await expect(block.getByRole("button", { name: "Cancel" })).toBeVisible();
  open();
  await expect(block.locator("table.heat")).toBeVisible();
});

test("on a phone the menu leads to every page", async ({ watched: page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto("/");
  await settled(page);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator(".drawer").getByRole("link", { name: "Segments" }).click();
  await expect(page).toHaveURL(/\/segments/);
  await expect(page.locator(".drawer")).toHaveCount(0);
});
