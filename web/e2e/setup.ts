import { existsSync, mkdirSync } from "node:fs";
import { chromium, type FullConfig } from "@playwright/test";
import { binary, generatedShop, removeShop, serve } from "./project";

/** Makes the shop, serves it, signs one browser in; what it gives back ends it. */
export default async function setup(config: FullConfig): Promise<() => Promise<void>> {
  if (!existsSync(binary)) throw new Error(`${binary} is not there; make web build makes it`);
  mkdirSync("test-results", { recursive: true });
  const { folder, made } = generatedShop();
  const served = await serve(folder);
  const launch = config.projects[0]?.use.launchOptions;
  const browser = await chromium.launch(launch);
  const page = await browser.newPage();
  await page.goto(served.link);
  await page.context().storageState({ path: "test-results/state.json" });
  await browser.close();
  process.env.KITH_E2E_URL = served.url;
  return async () => {
    await served.stop();
    if (made) removeShop(folder);
  };
}
