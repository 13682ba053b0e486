import { expectGoodPage } from "./support/checks";
import { expect, test } from "./support/test";

/** The next Monday to Friday, as a form's date field takes it. */
function nextWorkingDay(): string {
  const day = new Date();
  do day.setDate(day.getDate() + 1);
  while (day.getDay() === 0 || day.getDay() === 6);
  return day.toISOString().slice(0, 10);
}

const PAGES = [
  "/surgeries",
  "/surgeries/evidence",
  "/actions",
  "/actions/new",
  "/caseloads",
  "/answers",
  "/data/lag",
  "/data/altered",
  "/measures/CPP-01/changes",
  "/admin/targets",
  "/admin/recommendations",
];

for (const path of PAGES) {
  test(`${path} is accessible and fits a small screen`, async ({ page, signIn }) => {
    await signIn("director");
    await page.goto(path);
    await expectGoodPage(page);
  });
}

test("a surgery is planned, prepared, held before two browsers and minuted", async ({ page, browser, baseURL, signIn }) => {
  test.slow();
  await signIn("director");
  await page.goto("/surgeries");
  await page.getByLabel("About", { exact: true }).selectOption({ index: 0 });
  await page.getByLabel("Day, or first day").fill(nextWorkingDay());
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  await expect(page).toHaveURL(/\/surgeries\/\d+/);
  await expectGoodPage(page);
  const surgery = new URL(page.url()).pathname;

  await page.getByRole("button", { name: "Prepare" }).click();
  await expect(page.getByRole("heading", { name: "Agenda" })).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Begin the surgery" }).click();
  await expect(page.getByRole("button", { name: "Close the surgery" })).toBeVisible();
  await expectGoodPage(page);

  const other = await browser.newContext({ baseURL });
  const second = await other.newPage();
  await second.goto("/sign-in");
  await second.locator('button[name="persona"][value="director-2"], button[name="persona"][value="quality-lead"]').first().click();
  await expect(second.getByRole("heading", { level: 1 })).toBeVisible();
  await second.goto(surgery);
  await expect(second.getByRole("heading", { name: "Agenda" })).toBeVisible();
  await second.waitForLoadState("load");
  await second.evaluate(() => Object.assign(window, { stays: true }));

  const concern = "Handovers between the teams take too long";
  await page.getByLabel(/An item of your own/).fill(concern);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(second.getByText(concern).first()).toBeVisible({ timeout: 3_000 });
  expect(await second.evaluate(() => "stays" in window)).toBe(true);
  await other.close();

  await page.getByRole("button", { name: "Close the surgery" }).click();
  await expect(page.getByRole("button", { name: "Close the surgery" })).toHaveCount(0);
  await expect(page.getByText(concern).first()).toBeVisible();
  await expectGoodPage(page);
});

test("from a child's line to a recorded action in two clicks", async ({ page, signIn }) => {
  await signIn("director");
  await page.goto("/measures/CPP-01/children?show=act");
  await page.locator('table.list a[href^="/actions/new"], table.list .line-button').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Add an action");
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Record the action" }).click();
  await expect(page).toHaveURL(/\/actions\/A-\d+/);
  await expectGoodPage(page);
  await page.goto("/actions?tab=all");
  await expect(page.locator('a[href^="/actions/A-"]').first()).toBeVisible();
});
