import { test as base, expect } from "@playwright/test";
import { Surgery } from "./surgery";

export { expect };

/** The demonstration's people, by the value their button on the sign-in page sends. */
export type Persona =
  | "director"
  | "head-of-service"
  | "team-manager"
  | "analyst"
  | "quality-lead"
  | "member"
  | "administrator";

/** What browsers said while a test ran; the test fails at its end when there is anything. */
export class Console {
  private readonly words: string[] = [];
  private readonly expected: RegExp[] = [];

  /** This test provokes these words: a page that is not there, say. */
  expect(words: RegExp): void {
    this.expected.push(words);
  }

  say(words: string): void {
    this.words.push(words);
  }

  unexpected(): string[] {
    return this.words.filter((words) => !this.expected.some((pattern) => pattern.test(words)));
  }
}

interface ForEachTest {
  /** Watches every page of the test for errors and warnings. */
  browserConsole: Console;
  /** Signs in on the test's page, as people do. */
  signIn: (persona: Persona) => Promise<void>;
}

interface ForEachWorker {
  surgery: Surgery;
}

export const test = base.extend<ForEachTest, ForEachWorker>({
  surgery: [
    async ({}, use) => {
      const template = process.env.DEMONSTRATION_DB;
      if (!template) throw new Error("the demonstration's database was not made");
      const surgery = await Surgery.start(template);
      await use(surgery);
      await surgery.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ surgery }, use) => use(surgery.url),

  browserConsole: [
    async ({ context }, use) => {
      const browserConsole = new Console();
      context.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) {
          browserConsole.say(`${message.type()}: ${message.text()} (${message.location().url})`);
        }
      });
      context.on("weberror", (error) => browserConsole.say(`page error: ${error.error()}`));
      await use(browserConsole);
      expect(browserConsole.unexpected(), "the browser's console is clean").toEqual([]);
    },
    { auto: true },
  ],

  signIn: async ({ page }, use) => {
    await use(async (persona) => {
      await page.goto("/sign-in");
      await page.locator(`button[name="persona"][value="${persona}"]`).click();
      await expect(page).not.toHaveURL(/sign-in/);
    });
  },
});
