import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** The pictures of docs/screens, taken as the tests take theirs. */
export default defineConfig({ ...tests, testDir: "screens", retries: 0 });
