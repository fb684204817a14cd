import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import { queryText } from "../src/api/queries";
import type { MetricQuery, QueryResult, Session } from "../src/api/types";

export const origin = (): string => process.env.KITH_E2E_URL ?? "";

/** A page that fails its test on anything in the console, any fault, and any call to another host. */
export const test = base.extend<{ watched: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads which fixtures it needs from the pattern
  baseURL: async ({}, use) => use(origin()),
  watched: async ({ page, baseURL }, use) => {
    const wrong: string[] = [];
    page.on("console", (m) => {
      if (m.type() === "error" || m.type() === "warning") wrong.push(`console: ${m.text()}`);
    });
    page.on("pageerror", (e) => wrong.push(`fault: ${e.message}`));
    page.on("request", (r) => {
      if (!/^(blob|data):/.test(r.url()) && new URL(r.url()).origin !== baseURL) wrong.push(`request to ${r.url()}`);
    });
    await use(page);
    expect(wrong).toEqual([]);
  },
});

export { expect };

/** Waits until every figure of the page is there and every chart is drawn. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator("main.page")).toBeVisible();
  await expect(page.locator("main .loading, main .wait, main .stale")).toHaveCount(0);
  await expect(page.locator("main .drawing:not([data-drawn])")).toHaveCount(0);
}

export async function ask(request: APIRequestContext, query: MetricQuery): Promise<QueryResult> {
  const response = await request.get(`/api/v1/query?q=${encodeURIComponent(queryText(query))}`, {
    headers: { Accept: "application/json" },
  });
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()) as QueryResult;
}

export async function session(request: APIRequestContext): Promise<Session> {
  return (await (await request.get("/api/v1/session")).json()) as Session;
}
