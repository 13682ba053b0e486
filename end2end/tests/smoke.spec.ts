import { expectGoodPage } from "./support/checks";
import { expect, test } from "./support/test";

test("the process says that it is up", async ({ request }) => {
  const answer = await request.get("/healthz");
  expect(answer.status()).toBe(200);
});

test("the sign-in page loads, is accessible and fits a small screen", async ({ page }) => {
  const answer = await page.goto("/sign-in");
  expect(answer?.status()).toBe(200);
  await expectGoodPage(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the sign-in page has a form that can be sent", async ({ page }) => {
    await page.goto("/sign-in");
    await expect(page.locator('form[method="post" i] button').first()).toBeVisible();
  });
});
