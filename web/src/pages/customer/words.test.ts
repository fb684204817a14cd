import { describe, expect, it } from "vitest";
import { tierWords } from "./person";
import { rhythm } from "./scores";
import { spendingSentence } from "./spending";
import { plainDetail, titleOf } from "./timeline";

describe("the sentence on spending", () => {
  const months = ["2025-07", "2025-08", "2025-09", "2025-10", "2025-11"].map((m) => ({
    month: `${m}-01`,
    amount: 100,
  }));
  it("leaves out the month that is not over", () => {
    const running = [...months, { month: "2025-12-01", amount: 5 }];
    const said = "£100.00 a month in the last three, as much as the £100.00 before.";
    expect(spendingSentence(running, "2025-12-09", "GBP")).toBe(said);
    expect(spendingSentence(running, "2025-12-31", "GBP")).toContain("£68.33 a month");
  });
  it("needs a month before the last three that are over", () =>
    expect(spendingSentence(months.slice(0, 4), "2025-10-09", "GBP")).toBe("Too few months for a trend."));
});

describe("the points of a member", () => {
  it("are one or several", () => {
    expect(tierWords("gold", 1)).toBe("gold, 1 point");
    expect(tierWords("gold", 1200)).toBe("gold, 1,200 points");
    expect(tierWords("gold", undefined)).toBe("gold");
  });
});

describe("the rhythm of a customer", () => {
  it("is told of none without an order, and of one alone", () => {
    expect(rhythm(false, null, null)).toBe("");
    expect(rhythm(true, null, 3)).toBe("One order alone has no rhythm.");
    expect(rhythm(true, 12, 30)).toBe("Usually 12 days between orders; now more than twice that.");
  });
});

describe("an event of the timeline", () => {
  it("is called what it is", () => {
    expect(titleOf({ kind: "consent", title: "marketing_email", status: "withdrawn" })).toBe(
      "Consent withdrawn: marketing email",
    );
    expect(titleOf({ kind: "ticket", title: "late_delivery", status: "open" })).toBe("Ticket: late delivery");
    expect(titleOf({ kind: "ticket", title: "Ticket", status: null })).toBe("Ticket");
    expect(titleOf({ kind: "order", title: "Order O_12", status: null })).toBe("Order O_12");
  });
  it("has words for names of the data, and leaves alone what people wrote", () => {
    expect(plainDetail({ kind: "journey", detail: "product_view, add_to_cart" })).toBe("Product view, add to cart");
    expect(plainDetail({ kind: "feedback", detail: "see file_1" })).toBe("see file_1");
  });
});
