import { resolve } from "node:path";
import { settled, test } from "../e2e/kith";

const folder = resolve(import.meta.dirname, "../../docs/screens");

const pictures: { name: string; path: string; width: number; theme: "light" | "dark" }[] = [
  { name: "overview", path: "/", width: 1440, theme: "light" },
  { name: "overview-dark", path: "/", width: 1440, theme: "dark" },
  { name: "overview-phone", path: "/", width: 390, theme: "light" },
  { name: "segments", path: "/segments?pick=rfm_group:At%20Risk", width: 1440, theme: "light" },
  { name: "clusters", path: "/segments?tab=Clusters", width: 1440, theme: "light" },
  { name: "retention", path: "/retention", width: 1440, theme: "light" },
  { name: "customer", path: "CUSTOMER", width: 1440, theme: "light" },
  { name: "explain", path: "/?explain=net_revenue", width: 1440, theme: "light" },
  { name: "lineage", path: "/data?tab=lineage&node=obt_overall_customer_kpis", width: 1440, theme: "light" },
];

for (const { name, path, width, theme } of pictures) {
  test.describe(name, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme: theme });
    test("is taken", async ({ page, request }) => {
      let to = path;
      if (path === "CUSTOMER") {
        // Somebody with a record, tickets and messages says more than a bare number.
        const list = (await (await request.get("/api/v1/customers?sort=order_count&order=desc&limit=100")).json()) as {
          items: { customer_id: string; first_name: string | null }[];
        };
        const known = list.items.find((c) => c.first_name) ?? list.items[0];
        to = `/customers/${encodeURIComponent(known?.customer_id ?? "")}`;
      }
      await page.goto(to);
      await settled(page);
      // The sidebar and a panel are as tall as the window: the window is made as tall as the page.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(height, 2600) });
      await settled(page);
      await page.screenshot({ path: resolve(folder, `${name}.png`) });
    });
  });
}
