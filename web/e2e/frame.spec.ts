import AxeBuilder from "@axe-core/playwright";
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
    await expect(page.locator(".sidebar .build-state")).toContainText(session.tests.passed.toLocaleString("en-GB"));
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
  await expect(block.getByRole("alert")).toContainText("The warehouse is busy.");
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

test("figures that cannot be read anew stay, with the time when they were read", async ({ page, baseURL }) => {
  let broken = false;
  await page.route(`${baseURL}/api/v1/events`, (route) =>
    route.fulfill({
      contentType: "text/event-stream",
      body: `retry: 200\n\n${broken ? "event: data_changed\ndata: {}\n\n" : ""}`,
    }),
  );
  await page.route(`${baseURL}/api/v1/{query,metrics,cohorts}*`, (route) =>
    broken
      ? route.fulfill({
          status: 503,
          contentType: "application/problem+json",
          body: JSON.stringify({ title: "Busy", detail: "the warehouse is busy", code: "held" }),
        })
      : route.continue(),
  );
  await page.goto("/");
  await settled(page);
  const revenue = page.locator('[data-metric="net_revenue"]');
  const said = (await revenue.textContent()) ?? "";
  broken = true;
  await expect(page.locator(".kpi.lead .delta")).toContainText(/Read \d\d:\d\d UTC/);
  await expect(revenue).toHaveText(said);
  for (const title of ["Segment mix", "Retention by first-order month"])
    await expect(page.getByRole("region", { name: title }).first()).toContainText("newer figures could not be read");
});

test("a page whose code is lost can be tried again", async ({ page }) => {
  const lost = "**/assets/retention-*.js";
  await page.goto("/");
  await settled(page);
  await page.route(lost, (route) => route.abort());
  await page.getByRole("link", { name: "Retention", exact: true }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("A part of the app could not be loaded.");
  await page.unroute(lost);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("heading", { name: "Retention", level: 1 })).toBeVisible();
});

test("a menu whose code is lost leaves the page as it is, and can be tried again", async ({ page }) => {
  await page.goto("/");
  await settled(page);
  for (const [code, button] of [
    ["popover-popup", page.getByRole("button", { name: /^Date range/ })],
    ["menu-popup", page.getByRole("button", { name: /^Against/ })],
  ] as const) {
    const lost = `**/assets/${code}-*.js`;
    await page.route(lost, (route) => route.abort());
    await button.click();
    await expect(button).toHaveAttribute("title", /could not be loaded/);
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    await page.unroute(lost);
    await button.click();
    await expect(button).not.toHaveAttribute("title", /could not be loaded/);
    await settled(page);
    await button.click();
    await expect(page.locator(".menu")).toBeVisible();
    await page.keyboard.press("Escape");
  }
});

test("a session that has ended leads to signing in, and can be ended from the menu", async ({ page, baseURL }) => {
  let over = false;
  await page.route(`${baseURL}/api/v1/**`, (route) =>
    over
      ? route.fulfill({
          status: 401,
          contentType: "application/problem+json",
          body: JSON.stringify({ title: "Unauthorized", detail: "you are not signed in", code: "denied" }),
        })
      : route.continue(),
  );
  await page.goto("/");
  await settled(page);
  const leaving = page.waitForRequest((r) => r.url() === `${baseURL}/logout` && r.method() === "POST");
  await page.route(`${baseURL}/logout`, (route) => route.fulfill({ status: 204 }));
  await page
    .getByRole("button", { name: /theme and help/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await leaving;
  await settled(page);
  over = true;
  await page.getByRole("link", { name: "Segments", exact: true }).click();
  await expect(page.getByText("This browser is not signed in, or its session has ended.")).toBeVisible();
  await expect(page.locator("code", { hasText: /^kith link$/ })).toBeVisible();
});

test("at 1024 px every filter can be reached, and what is open is readable", async ({ watched: page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto("/?range=52w");
  await settled(page);
  for (const name of [/^Date range/, /^Against/, /^Segment/]) {
    const button = page.locator(".filters").getByRole("button", { name });
    const box = await button.boundingBox();
    expect(box && box.x + box.width <= 1024 && box.y >= 0, `${name} is on the screen`).toBe(true);
    expect(
      await button.evaluate((b) => {
        const { left, right, top, bottom } = b.getBoundingClientRect();
        const at = (x: number) => document.elementFromPoint(x, (top + bottom) / 2);
        return b.contains(at(left + 3)) && b.contains(at(right - 3));
      }),
      `${name} is covered by nothing`,
    ).toBe(true);
    await button.click();
    await expect(page.locator(".menu")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
    expect(violations.flatMap((v) => v.nodes.map((n) => n.failureSummary))).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.locator(".menu")).toHaveCount(0);
  }
});

test("a customer that there is not is told as that", async ({ page }) => {
  await page.goto("/customers/nobody-of-this-number");
  await expect(page.getByText("There is no customer of this number.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Retry" })).toHaveCount(0);
});

test("little moves when the figures of a long page come", async ({ watched: page }) => {
  await page.addInitScript(() => {
    const moved = window as unknown as { moved: number };
    moved.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved.moved += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/retention");
  await settled(page);
  expect(await page.evaluate(() => (window as unknown as { moved: number }).moved)).toBeLessThan(0.1);
});

test("a search without a hit has no headings", async ({ watched: page }) => {
  await page.goto("/");
  await settled(page);
  await palette(page, "zzzzqqq");
  await expect(page.getByText("Nothing of that name.")).toBeVisible();
  await expect(page.locator(".palette [cmdk-group-heading]")).toHaveCount(0);
});

test("what was chosen follows to the data, and a search does not outlast its page", async ({ watched: page }) => {
  await page.goto("/?range=13w");
  await settled(page);
  await page.locator(".sidebar .build-state").getByRole("link").click();
  await expect(page).toHaveURL(/range=13w.*tab=tests/);
  await page.getByRole("navigation", { name: "Parts of the data" }).getByRole("link", { name: "Sources" }).click();
  await expect(page).toHaveURL(/range=13w.*tab=sources/);
  await page.goto("/customers");
  await settled(page);
  const search = page.getByRole("searchbox");
  await search.fill("zzzzqqq");
  await expect(page.getByText("Nobody matches “zzzzqqq”.")).toBeVisible();
  await page.locator(".sidebar").getByRole("link", { name: "Customer 360" }).click();
  await expect(search).toHaveValue("");
  const first = page.locator("table.data tbody a").first();
  await expect(first).toBeVisible();
  expect(new URL(page.url()).searchParams.get("q")).toBeNull();
  // The next search starts from an empty field, and nothing that was typed before comes back into it.
  const somebody = (await first.textContent()) ?? "";
  await search.pressSequentially(somebody, { delay: 60 });
  await expect(page).toHaveURL(new RegExp(`[?&]q=${somebody}$`));
  await expect(search).toHaveValue(somebody);
});

test("on a phone tests say how they went, buttons can be hit, and Esc closes the menu", async ({ watched: page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/data?tab=tests");
  await settled(page);
  const box = await page.locator("table.data tbody tr:not(.spacer) .badge").first().boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 390, "the status is on the screen").toBe(true);
  await page.goto("/");
  await settled(page);
  for (const button of await page.locator(".kpi .define").all())
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(32);
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(page.locator(".drawer")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".drawer")).toHaveCount(0);
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
