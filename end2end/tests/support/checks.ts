import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** WCAG 2.2 AA, with all that came before it. */
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** axe finds nothing against WCAG 2.2 AA on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join("; ")})`);
  expect(found).toEqual([]);
}

/** At 320 px, which is also 1280 px at 400% zoom, nothing is cut off or scrolled to sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  const { content, window: visible } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content, "the page's width at 320 px").toBeLessThanOrEqual(visible);
  if (before) await page.setViewportSize(before);
}

/** What holds for every page: one heading, accessible, readable on a small screen. */
export async function expectGoodPage(page: Page): Promise<void> {
  await expect(page.locator("h1")).toHaveCount(1);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}
