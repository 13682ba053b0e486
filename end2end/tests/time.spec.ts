import { expectGoodPage } from "./support/checks";
import { expect, test } from "./support/test";

test("any page opens as at an earlier extract and stays there until one goes back", async ({ page, signIn }) => {
  await signIn("director");
  await page.locator("#as-at").selectOption({ index: 2 });
  await page.locator(".dates button").click();
  await expect(page).toHaveURL(/\/\?as_at=\d{4}-\d{2}-\d{2}$/);
  await expect(page.locator(".fresh--past")).toContainText("An earlier extract");
  await expectGoodPage(page);
  const day = await page.locator(".fresh__text strong").textContent();

  await page.locator("#CPP-01 .card__name a").click();
  await expect(page).toHaveURL(/CPP-01\?as_at=/);
  await expect(page.locator(".fresh__text strong")).toHaveText(day ?? "");
  await page.getByRole("link", { name: "See the children behind this figure" }).click();
  await expect(page).toHaveURL(/children\?as_at=/);
  await expect(page.locator("table.list tbody tr").first()).toBeVisible();
  await expectGoodPage(page);

  await page.getByRole("link", { name: "Back to the newest" }).click();
  await expect(page).toHaveURL(/children$/);
  await expect(page.locator(".fresh--past")).toHaveCount(0);
});

test("a Director sets a standard from a date, and it stands with its reason", async ({ page, signIn }) => {
  await signIn("director");
  await page.goto("/admin/standards");
  await expectGoodPage(page);
  await page.getByLabel("Standard", { exact: true }).selectOption("cp_visit_working_days");
  await page.getByLabel("New value").fill("15");
  await page.getByLabel("Reason").fill("Agreed by the board on 3 November");
  await page.getByRole("button", { name: "Set the standard" }).click();
  await expect(page).toHaveURL(/\/admin\/standards$/);
  await expect(page.getByRole("cell", { name: "Agreed by the board on 3 November" })).toBeVisible();
  await expectGoodPage(page);
});

test("an analyst reads the standards and cannot set one", async ({ page, signIn }) => {
  await signIn("analyst");
  await page.goto("/admin/standards");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Standards");
  await expect(page.getByRole("button", { name: "Set the standard" })).toHaveCount(0);
});

test("the register names children with their reasons and leads to each", async ({ page, signIn }) => {
  await signIn("director");
  await page.goto("/attention");
  await expectGoodPage(page);
  const child = page.locator('a[href^="/children/"]').first();
  const href = await child.getAttribute("href");
  await child.click();
  await expect(page).toHaveURL(new RegExp(`${href}$`));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Child D");
});
