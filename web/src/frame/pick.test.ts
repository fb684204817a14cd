import { expect, it } from "vitest";
import { cohortWords } from "./pick";

it("a cell of the cohorts says who is in it", () => {
  expect(cohortWords("2025-01-01", 0)).toBe("Customers whose first order was in Jan 2025.");
  expect(cohortWords("2025-01-01", 1)).toContain("bought again 1 month later.");
  expect(cohortWords("2025-01-01", 2)).toContain("bought again 2 months later.");
});
