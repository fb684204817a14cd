import { expect, settled, test } from "./kith";

const dots = 50_000;

test("fifty thousand dots are drawn in under a second and a half", async ({ page, baseURL }) => {
  await page.goto("/segments?tab=Behavioural");
  await settled(page);
  const rows = Array.from({ length: dots }, (_, i) => [`C-${i}`, (i * 7919) % 997, ((i * 104_729) % 9973) / 10]);
  const column = (name: string, role: string) => ({
    name,
    label: name,
    role,
    metric: role === "metric" ? name : undefined,
    type: "number",
    format: "decimal",
  });
  await page.route(`${baseURL}/api/v1/query*`, async (route) => {
    const q = JSON.parse(new URL(route.request().url()).searchParams.get("q") ?? "{}") as { metrics: string[] };
    if (q.metrics[0] !== "average_frequency" || q.metrics[1] !== "clv_historic") return route.continue();
    const body = {
      columns: [
        column("rfm_segmentation", "dimension"),
        column("average_frequency", "metric"),
        column("clv_historic", "metric"),
      ],
      rows,
      period: { from: "", to: "", label: "" },
      comparison: null,
      is_complete: true,
      data_version: "x",
      as_of: "2025-01-01",
    };
    await route.fulfill({ contentType: "application/json", body: JSON.stringify(body) });
  });
  // The engine is loaded and the answer is on the machine: what is timed is the page's own work.
  const answered = page.waitForResponse(
    (r) => r.url().includes("clv_historic") && r.url().includes("average_frequency%22%2C%22clv"),
  );
  await page
    .locator(".filters")
    .getByRole("button", { name: /^Segment/ })
    .click();
  await page.getByRole("button", { name: /^At Risk/ }).click();
  await (await answered).finished();
  const took = await page.evaluate(async () => {
    const asked = performance
      .getEntriesByType("resource")
      .filter((e) => e.name.includes("average_frequency%22%2C%22clv")) as PerformanceResourceTiming[];
    const begun = asked[asked.length - 1]?.responseEnd ?? 0;
    const block = document.querySelector('section[aria-label="Frequency and value"]');
    while (!block?.querySelector(".block-head p")?.textContent?.includes("50000") || block.querySelector(".stale"))
      await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - begun;
  });
  console.log(
    `scatter of ${dots.toLocaleString("en-GB")} dots: ${Math.round(took)} ms from answer to picture, of 1,500 allowed`,
  );
  expect(took).toBeLessThan(1500);
});
