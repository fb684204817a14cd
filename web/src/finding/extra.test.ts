import { expect, it } from "vitest";
import { finding } from "./finding";

it("what a page names stands before what there is no result for", () =>
  expect(
    finding([{ when: "rows = 0", text: "none" }, { text: "{{ rows }} and {{ count(all_lines) }}" }], null, "GBP", {
      rows: 3,
      all_lines: 1200,
    }),
  ).toBe("3 and 1,200"));
