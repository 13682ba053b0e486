import type { Page } from "@playwright/test";
import { expectGoodPage } from "./support/checks";
import { newestFiles } from "./support/demonstration";
import { expect, test } from "./support/test";

const rows = (page: Page) => page.locator("table.list tbody tr");
const childLinks = (page: Page) => page.locator('table.list a[href^="/children/"]');

/** The number in "12 to act on". */
const number = (text: string | null) => Number((text ?? "").replace(/,/g, "").match(/\d+/)?.[0]);

test("a Director reaches a late child in three clicks, and the card equals the list", async ({ page, signIn }) => {
  await signIn("director");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Headlines");
  await expectGoodPage(page);

  await page.locator("#CPP-01 .card__name a").click();
  await expect(page).toHaveURL(/\/measures\/CPP-01$/);
  await expectGoodPage(page);

  await page.getByRole("link", { name: "See the children behind this figure" }).click();
  await expect(page).toHaveURL(/\/measures\/CPP-01\/children/);
  await expect(rows(page).first()).toBeVisible();
  await expectGoodPage(page);

  const reference = await childLinks(page).first().getAttribute("href");
  await childLinks(page).first().click();
  await expect(page).toHaveURL(new RegExp(`${reference}$`));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Child D");
  await expect(page.getByText("Who has looked")).toBeVisible();
  await expectGoodPage(page);
});

test("what a card counts to act on is what its list shows", async ({ page, signIn }) => {
  await signIn("director");
  const acts = page.locator(".card__act a", { hasText: /\d to act on/ });
  const count = await acts.count();
  expect(count).toBeGreaterThan(5);
  for (const at of [0, Math.floor(count / 2), count - 1]) {
    await page.goto("/");
    const link = acts.nth(at);
    const said = number(await link.textContent());
    await link.click();
    await expect(page).toHaveURL(/show=act/);
    const tabs = page.getByRole("navigation", { name: "Which lines" });
    const current = tabs.locator('a[aria-current="page"] .tabs__count');
    await expect(current).toBeVisible();
    if (Number.isFinite(said)) expect(number(await current.textContent())).toBe(said);
    await expect(page.locator(".listed__lines strong")).toBeVisible();
  }
});

test("a service, a team and back: the address carries the view", async ({ page, signIn }) => {
  await signIn("director");
  await page.locator(".service__name").first().click();
  await expect(page).toHaveURL(/\/services\//);
  await expectGoodPage(page);
  await page.locator('table a[href^="/teams/"]').first().click();
  await expect(page).toHaveURL(/\/teams\//);
  await expectGoodPage(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/services\//);
});

test("going from page to page does not reload", async ({ page, signIn }) => {
  await signIn("director");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await page.locator("#CPP-01 .card__name a").click();
  await expect(page).toHaveURL(/CPP-01/);
  await page.getByRole("link", { name: "See the children behind this figure" }).click();
  await expect(rows(page).first()).toBeVisible();
  expect(await page.evaluate(() => "stays" in window)).toBe(true);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("a list sorts, narrows and exports the same lines", async ({ page, signIn, request }) => {
  await signIn("director");
  await page.goto("/measures/ALL-01/children?size=200");
  const shown = number(await page.locator(".listed__lines strong").textContent());
  await page.getByRole("link", { name: "Worker", exact: true }).click();
  await expect(page.locator('th[aria-sort="ascending"]')).toContainText("Worker");

  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const csv = await (await request.get("/measures/ALL-01/children.csv", { headers: { cookie } })).text();
  const lines = csv.trim().split(/\r?\n/).filter((line) => /^'?D\d+/.test(line));
  expect(lines.length).toBe(shown);
  const xlsx = await request.get("/measures/ALL-01/children.xlsx", { headers: { cookie } });
  expect(xlsx.headers()["content-type"]).toContain("spreadsheetml");
});

test("the privacy screen hides who the lines are about", async ({ page, signIn }) => {
  await signIn("director");
  await page.goto("/measures/CPP-01/children");
  const who = page.locator("tbody .who").first();
  await expect(who).toBeVisible();
  await page.getByLabel(/Privacy screen/).check();
  await expect(page.locator("tbody .who a").first()).not.toBeVisible();
});

test("a team manager sees the own team only, and another team's child is not there", async ({
  page,
  browser,
  baseURL,
  signIn,
  browserConsole,
}) => {
  browserConsole.expect(/404/);
  await signIn("team-manager");
  await page.goto("/measures/ALL-01/children?size=200");
  await expect(rows(page).first()).toBeVisible();
  const teams = new Set(await page.locator('table.list td[data-label="Team"]').allTextContents());
  expect(teams.size).toBe(1);
  const own = new Set(await childLinks(page).evaluateAll((links) => links.map((link) => link.getAttribute("href"))));

  const other = await browser.newContext({ baseURL });
  const director = await other.newPage();
  await director.goto("/sign-in");
  await director.locator('button[name="persona"][value="director"]').click();
  await director.goto("/measures/ALL-01/children?size=200");
  const all = await childLinks(director).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await other.close();
  const foreign = all.find((href) => href && !own.has(href));
  expect(foreign).toBeTruthy();

  const forbidden = await page.goto(foreign ?? "");
  expect(forbidden?.status()).toBe(404);
  const forbiddenText = await page.locator("main").innerText();
  const unknown = await page.goto("/children/00000000000000000000");
  expect(unknown?.status()).toBe(404);
  expect(await page.locator("main").innerText()).toBe(forbiddenText);
});

test("a Head of Service sees the teams of the own service", async ({ page, signIn }) => {
  await signIn("head-of-service");
  await expect(page.locator(".service__name")).toHaveCount(1);
  await page.locator(".service__name").click();
  await expectGoodPage(page);
});

test("a member sees figures and no child", async ({ page, signIn, browserConsole }) => {
  browserConsole.expect(/404/);
  await signIn("member");
  await expect(page.locator(".card").first()).toBeVisible();
  await expect(page.locator(".card__act")).toHaveCount(0);
  await expectGoodPage(page);
  const list = await page.goto("/measures/CPP-01/children");
  expect(list?.status()).toBe(404);
});

test("an administrator sees no figure and no child", async ({ page, signIn, browserConsole }) => {
  browserConsole.expect(/404/);
  await signIn("administrator");
  await expect(page.locator(".card")).toHaveCount(0);
  const list = await page.goto("/measures/CPP-01/children");
  expect(list?.status()).toBe(404);
});

test("an analyst reads what a load did, loads a file and sees the same again", async ({ page, signIn }) => {
  await signIn("analyst");
  await page.goto("/data");
  await expectGoodPage(page);
  await page.locator('a[href^="/data/extracts/"]').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectGoodPage(page);

  await page.goto("/data");
  // A demonstration takes its own files only: the newest ones again, as at a week later.
  await page.locator("#files").setInputFiles(await newestFiles());
  await page.locator("#as_at").fill("2026-11-06");
  await page.getByRole("button", { name: "Load" }).click();
  await expect(page).toHaveURL(/\/data\/loads\/\d+/);
  await expect(page.getByText("Held: is this the right extract?")).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Cancel this load" }).click();
  await expect(page.getByRole("button", { name: "Cancel this load" })).toHaveCount(0);
});

test("help explains every measure", async ({ page, signIn }) => {
  await signIn("quality-lead");
  await page.goto("/help");
  await expectGoodPage(page);
  await expect(page.getByText("CPP-01").first()).toBeVisible();
});

test("each role is offered a tour, walks it, and is offered it no more", async ({ page, signIn }) => {
  await signIn("quality-lead");
  await page.getByRole("link", { name: "A short tour for your role" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("A short tour");
  await expectGoodPage(page);
  await page.getByRole("link", { name: "Whose file to read" }).click();
  await expect(page).toHaveURL(/\/attention/);
  await page.goto("/");
  await page.getByRole("button", { name: "Do not show this again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Headlines");
  await expect(page.getByRole("button", { name: "Do not show this again" })).toHaveCount(0);
  await page.goto("/help/tour");
  await page.getByRole("button", { name: "Offer it again" }).click();
  await expect(page.getByRole("button", { name: "Do not offer it again" })).toBeVisible();
});

test("the teams of a measure are drawn as a funnel, reached from the service", async ({ page, signIn }) => {
  await signIn("director");
  await page.goto("/services/Children%20%26%20Families");
  await page.locator('table.matrix a[href^="/measures/CIN-01"][href$="#teams"]').click();
  await expect(page.locator("#teams svg[role=img]").first()).toBeAttached();
  await expectGoodPage(page);
});

test("everything is reached by keyboard from the skip link on", async ({ page, signIn }) => {
  await signIn("director");
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toContainText(/skip/i);
  await page.keyboard.press("Enter");
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Tab");
  const focused = page.locator(":focus");
  await expect(focused).toHaveAttribute("href", /.+/);
  const outline = await focused.evaluate((element) => {
    const style = getComputedStyle(element);
    return `${style.outlineStyle} ${style.boxShadow} ${style.backgroundColor}`;
  });
  expect(outline).not.toBe("none none rgba(0, 0, 0, 0)");
});

test("after signing out nothing is shown any more", async ({ page, signIn }) => {
  await signIn("director");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await page.goto("/measures/CPP-01/children");
  await expect(page).toHaveURL(/sign-in\?next=/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a Director reads from the headline to the child", async ({ page, signIn }) => {
    await signIn("director");
    await page.locator("#CPP-01 .card__name a").click();
    await page.getByRole("link", { name: "See the children behind this figure" }).click();
    await childLinks(page).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Child D");
  });

  test("the filter works", async ({ page, signIn }) => {
    await signIn("director");
    await page.goto("/measures/ALL-01/children");
    const before = number(await page.locator(".listed__lines strong").textContent());
    await page.locator('select[name="team"]').selectOption({ index: 1 });
    await page.locator("form:has(select[name=team]) button").click();
    await expect(page).toHaveURL(/team=/);
    expect(number(await page.locator(".listed__lines strong").textContent())).toBeLessThan(before);
  });
});
