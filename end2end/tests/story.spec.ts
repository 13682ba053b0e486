import type { Browser, Page } from "@playwright/test";
import { expectGoodPage } from "./support/checks";
import { expect, test, type Late, type Week } from "./support/story";

const IN_A_SECOND = { timeout: 3_000 };

/** Somebody else's browser, signed in; the caller closes it. */
async function another(browser: Browser, baseURL: string | undefined, persona: string): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator(`button[name="persona"][value="${persona}"]`).click();
  await expect(page).not.toHaveURL(/sign-in/);
  return page;
}

function nextWorkingDay(): string {
  const day = new Date();
  do day.setDate(day.getDate() + 1);
  while (day.getDay() === 0 || day.getDay() === 6);
  return day.toISOString().slice(0, 10);
}

/** Plans a single surgery about a remit and prepares it; its path. */
async function prepared(page: Page, about: RegExp): Promise<string> {
  await page.goto("/surgeries");
  const remit = page.getByLabel("About", { exact: true });
  const option = remit.locator("option").filter({ hasText: about }).first();
  await remit.selectOption((await option.getAttribute("value"))!);
  const leader = page.getByLabel("Led by");
  const me = (await page.locator(".header__who strong").innerText()).trim();
  const own = leader.locator("option").filter({ hasText: me });
  if (await own.count()) await leader.selectOption((await own.first().getAttribute("value"))!);
  await page.getByLabel("Day, or first day").fill(nextWorkingDay());
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  await expect(page).toHaveURL(/\/surgeries\/\d+/);
  const path = new URL(page.url()).pathname;
  await page.getByRole("button", { name: "Prepare" }).click();
  await expect(page.getByRole("heading", { name: "Agenda" })).toBeVisible();
  return path;
}

/** Fills in what the data could not, makes the demo's Head of Service accountable, and records; back in the surgery. */
async function record(page: Page, head: string, what: string): Promise<void> {
  await page.getByLabel("What is to be done").fill(what);
  const why = page.getByLabel("Why", { exact: true });
  if ((await why.inputValue()) === "") await why.fill("Said in the surgery");
  const accountable = page.getByLabel("Accountable Head of Service");
  await accountable.selectOption((await accountable.locator("option").filter({ hasText: head }).first().getAttribute("value"))!);
  const name = page.getByLabel("Or by name");
  if ((await page.getByLabel("Who does it").inputValue()) === "" && (await name.inputValue()) === "") await name.fill("The team");
  await page.getByRole("button", { name: "Record the action" }).click();
  await expect(page).toHaveURL(/\/surgeries\/\d+/);
}

/** Begins an action about children of the item on the screen. */
async function about(page: Page, children: string[]): Promise<void> {
  const behind = page.locator("details.surgery__children").first();
  if ((await behind.getAttribute("open")) === null) await behind.locator("summary").click();
  for (const child of children) await page.getByLabel(`Choose child ${child}`, { exact: true }).check();
  await page.getByRole("button", { name: "Record an action about the chosen children" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Add an action");
}

/** The number of an action with these words, as another browser comes to see it without asking again. */
async function arrives(page: Page, what: string): Promise<string> {
  const row = page.locator("tr").filter({ hasText: what }).first();
  await expect(row).toBeVisible(IN_A_SECOND);
  return (await row.locator("th").first().innerText()).trim();
}

/** Loads an extract as an analyst does, in the browser. */
async function load(page: Page, week: Week): Promise<void> {
  await page.goto("/data");
  await page.locator("#files").setInputFiles(week.files);
  await page.locator("#as_at").fill(week.asAt);
  await page.getByRole("button", { name: "Load", exact: true }).click();
  await expect(page).toHaveURL(/\/data\/loads\/\d+/);
  const loaded = page.getByRole("heading", { name: "Loaded", exact: true });
  // An extract from the days to come is held until somebody says that it is meant.
  const held = page.getByRole("button", { name: "Load it all the same" });
  await expect(loaded.or(held)).toBeVisible({ timeout: 30_000 });
  if (await held.isVisible()) {
    for (const tick of await page.locator('input[name="kind"]').all()) await tick.check();
    await page.locator("#why").fill("The story looks ahead.");
    await held.click();
  }
  await expect(loaded).toBeVisible({ timeout: 30_000 });
}

async function report(page: Page, number: string, changed: string): Promise<void> {
  await page.goto(`/actions/${number}`);
  await page.locator("summary", { hasText: "Report what changed" }).click();
  await page.getByLabel("What changed", { exact: true }).fill(changed);
  await page.getByRole("button", { name: "Report", exact: true }).click();
  await expect(page.getByText(changed).first()).toBeVisible();
}

async function confirm(page: Page, number: string): Promise<void> {
  await page.goto(`/actions/${number}`);
  await page.locator("summary", { hasText: "Confirm the report" }).click();
  await page.getByRole("button", { name: "Confirm and close" }).click();
  await expect(page.getByText("Closed", { exact: true }).first()).toBeVisible();
}

const SAID = {
  proven: "See the child before Friday and write it up",
  doubtful: "Visit the child with the manager",
  cohort: "Look through these cases in supervision",
  pathway: "Hand over within three working days",
};

function itemOf(late: Late): RegExp {
  const names: Record<string, RegExp> = {
    "CIN-01": /Child in need visits on time/,
    "CPP-01": /Child protection visits on time/,
    "DOR-01": /Dormant cases|not seen for long/i,
  };
  return names[late.measure]!;
}

test("a service-level surgery is held before two browsers, and later extracts say what became of it", async ({
  page,
  browser,
  baseURL,
  signIn,
  story,
}) => {
  test.setTimeout(240_000);
  await signIn("director");
  const head = await another(browser, baseURL, "head-of-service");
  const headName = (await head.locator(".header__who strong").innerText()).trim();

  const surgery = await prepared(page, new RegExp(story.service));
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Begin the surgery" }).click();
  await expect(page.getByRole("button", { name: "Close the surgery" })).toBeVisible();
  await page.locator("summary", { hasText: "The whole agenda" }).click();
  const item = page.locator("ol.agenda li").filter({ hasText: itemOf(story.late) }).first();
  const show = item.getByRole("button", { name: /^Show/ });
  // The first item is on the screen when the meeting begins.
  if (await show.count()) await show.click();
  await expect(page.locator("h2.room__title")).toHaveText(itemOf(story.late));

  await head.goto(surgery);
  await expect(head.locator("h2.room__title")).toHaveText(itemOf(story.late));
  await head.waitForLoadState("load");
  await head.evaluate(() => Object.assign(window, { stays: true }));

  await about(page, [story.late.confirmed]);
  await record(page, headName, SAID.proven);
  const proven = await arrives(head, SAID.proven);
  await about(page, [story.late.contradicted]);
  await record(page, headName, SAID.doubtful);
  const doubtful = await arrives(head, SAID.doubtful);
  await about(page, story.late.others);
  await page.getByLabel("What it is about").selectOption("team");
  await record(page, headName, SAID.cohort);
  const cohort = await arrives(head, SAID.cohort);
  await page.getByRole("link", { name: "About another team, or a hand-off" }).click();
  const teams = page.getByLabel("From", { exact: true }).locator("option");
  const own = await teams.filter({ hasText: /^Children & Families/ }).first().innerText();
  await page.getByLabel("From", { exact: true }).selectOption(await teams.filter({ hasText: /^Referral/ }).first().innerText());
  await page.getByLabel("To", { exact: true }).selectOption(own);
  await page.getByRole("button", { name: "Choose", exact: true }).click();
  await record(page, headName, SAID.pathway);
  const pathway = await arrives(head, SAID.pathway);
  expect(await head.evaluate(() => "stays" in window), "the other browser was not reloaded").toBe(true);
  expect(new Set([proven, doubtful, cohort, pathway]).size).toBe(4);

  await page.getByRole("button", { name: "Close the surgery" }).click();
  await expect(page.getByRole("button", { name: "Close the surgery" })).toHaveCount(0);
  for (const number of [proven, doubtful, cohort, pathway]) {
    await expect(page.getByRole("link", { name: number }).first()).toBeVisible();
  }
  await expectGoodPage(page);

  const analyst = await another(browser, baseURL, "analyst");
  await load(analyst, story.next);
  await page.goto(`/actions/${proven}`);
  await expect(page.getByText("The data confirms it.").first()).toBeVisible();
  await expectGoodPage(page);

  await report(head, proven, "The child was seen and the visit is written up");
  await report(head, doubtful, "The manager says the child was visited");
  await confirm(page, proven);
  await confirm(page, doubtful);

  await load(analyst, story.afterNext);
  await page.goto(`/actions/${proven}`);
  await expect(page.getByText("Closed", { exact: true }).first()).toBeVisible();
  await page.goto(`/actions/${doubtful}`);
  await expect(page.getByText("Open", { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/The data does not confirm it/).first()).toBeVisible();
  await head.goto("/notices");
  await expect(head.getByRole("link", { name: new RegExp(doubtful) }).first()).toBeVisible();
  await expectGoodPage(head);

  // What has been late for ten working days comes up by itself.
  await prepared(page, new RegExp(story.service));
  await expect(page.getByText(/1\d working days late/).first()).toBeVisible();
  await analyst.context().close();
  await head.context().close();
});

test("a team-level surgery is led by the Head of Service, and its manager sees what was decided", async ({
  page,
  browser,
  baseURL,
  signIn,
}) => {
  test.setTimeout(120_000);
  await signIn("head-of-service");
  const name = (await page.locator(".header__who strong").innerText()).trim();
  const manager = await another(browser, baseURL, "team-manager");
  const role = await manager.locator(".header__who span").innerText();
  const team = role.replace(/^[^,]*, /, "").trim();

  const surgery = await prepared(page, new RegExp(`^(Team: )?${team}`));
  await page.getByRole("button", { name: "Begin the surgery" }).click();
  await manager.goto(surgery);
  await expect(manager.getByRole("heading", { name: "Agenda" })).toBeVisible();
  await manager.waitForLoadState("load");

  const what = "Go through all late visits on Monday";
  await page.getByRole("link", { name: "Record an action", exact: true }).first().click();
  await record(page, name, what);
  await arrives(manager, what);
  await page.getByRole("button", { name: "Close the surgery" }).click();
  await expect(page.getByRole("button", { name: "Close the surgery" })).toHaveCount(0);
  await expect(page.getByText(what).first()).toBeVisible();
  await expectGoodPage(page);
  await manager.context().close();
});
