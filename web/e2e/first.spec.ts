import { expect, settled, test } from "./kith";
import { emptyShop, removeShop, type Served, serve } from "./project";

/** Before anything was loaded, the app says what to do, and nothing that is not so. */
test.describe("on the first day", () => {
  let served: Served;
  let folder: string;
  test.beforeAll(async () => {
    folder = emptyShop("GBP");
    served = await serve(folder);
  });
  test.afterAll(async () => {
    await served.stop();
    removeShop(folder);
  });

  test("the app names what to do, and no command that cannot work yet", async ({ page }) => {
    await page.goto(served.link);
    await expect(page.getByRole("heading", { name: "No figures yet" })).toBeVisible();
    await expect(page.getByText("1970")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Date range/ })).toHaveCount(0);
    for (const [tab, said] of [
      ["tests", /None of [\d,]+ tests has run yet\./],
      ["sources", /not built yet/],
      ["waterfall", /./],
      ["runs", /./],
    ] as const) {
      await page.goto(`${served.url}/data?tab=${tab}`);
      await settled(page);
      const block = page.locator("main .block").first();
      await expect(block).toContainText(said);
      await expect(block).not.toContainText("do not pass");
      await expect(block).not.toContainText("0 of 0");
      const commands = await block.locator(".command code").allTextContents();
      for (const command of commands) expect(command).toBe("kith build");
    }
  });
});
