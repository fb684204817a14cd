import { expect, settled, test } from "./kith";

interface Person {
  customer_id: string;
  first_name: string | null;
  email: string | null;
  masked: string[];
}

interface Entry {
  id: number;
  customer_id: string;
  columns: string[];
}

test("personal data is masked by the server, revealed on record, and masked again once one leaves", async ({
  watched: page,
  request,
}) => {
  const get = async <T>(path: string): Promise<T> => (await (await request.get(`/api/v1${path}`)).json()) as T;
  const audit = async (): Promise<Entry[]> => (await get<{ items: Entry[] }>("/audit")).items;
  const list = await get<{ items: Person[] }>("/customers?limit=50");
  const someone = list.items.find((c) => c.first_name);
  expect(someone?.first_name).toMatch(/^.•••$/u);
  const id = someone?.customer_id ?? "";
  const profile = await get<Person>(`/customers/${id}`);
  expect(profile.masked).toContain("email");
  expect(profile.email).toMatch(/•••/u);
  const before = await audit();

  await page.goto(`/customers/${id}`);
  await settled(page);
  const email = page.locator(".facts div", { hasText: "E-mail" }).locator("dd");
  await expect(email).toHaveText(profile.email ?? "");
  await page.getByRole("button", { name: "Reveal" }).click();
  await expect(email).toHaveText(/^[^•]+@[^•]+$/u);
  await expect(page.getByText(/record \d+ of the audit/)).toBeVisible();
  const after = await audit();
  expect(after.length).toBe(before.length + 1);
  expect(after[0]?.customer_id).toBe(id);
  expect(after[0]?.columns).toContain("customer_360_profile.email");

  await page.getByRole("button", { name: "Mask" }).click();
  await expect(email).toHaveText(profile.email ?? "");
  await page.getByRole("button", { name: "Reveal" }).click();
  await expect(email).toHaveText(/^[^•]+@[^•]+$/u);
  await page.getByRole("link", { name: "All customers" }).click();
  await expect(page.getByRole("heading", { name: "Customer 360", level: 1 })).toBeVisible();
  await page.goBack();
  await settled(page);
  await expect(email).toHaveText(profile.email ?? "");
});
