import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Surgery, command, copyDatabase, makeDemonstration } from "./surgery";
import { expect, test as base } from "./test";

export { expect };

/** An extract that is written and not loaded yet. */
export interface Week {
  asAt: string;
  files: string[];
}

/** Late children of one measure, by what two later extracts will say of an action about them. */
export interface Late {
  measure: string;
  /** Put right in the next extract. */
  confirmed: string;
  /** Still late, by the same clock, in the next two. */
  contradicted: string;
  /** Others, for a cohort. */
  others: string[];
}

export interface Story {
  service: string;
  next: Week;
  afterNext: Week;
  late: Late;
}

const SERVICE = "Children & Families";
const MEASURES = ["CIN-01", "CPP-01", "DOR-01"];
const DAY = 24 * 60 * 60 * 1000;
/** Weeks loaded before the story begins: two monthly surgeries were held in them. */
const LOADED = 12;

interface Line {
  child_id: string;
  start: string | null;
  numerator: boolean;
}

const date = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The story goes on from today: what an extract says of an action counts from the day it was recorded on. */
function lastLoaded(): number {
  const day = new Date(`${date(Date.now())}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 5);
  while (day.getUTCDay() !== 5) day.setUTCDate(day.getUTCDate() - 1);
  return day.getTime();
}

async function lines(database: string, measure: string): Promise<Map<string, Line[]>> {
  const { rows } = JSON.parse(await command(database, ["list", measure, "--service", SERVICE, "--format", "json"])) as { rows: Line[] };
  const children = new Map<string, Line[]>();
  for (const row of rows) children.set(row.child_id, [...(children.get(row.child_id) ?? []), row]);
  return children;
}

/** Low is good for dormant cases: there the numerator is the wrong side. */
const isLate = (measure: string, line: Line): boolean => line.numerator === (measure === "DOR-01");

async function story(folder: string, database: string, loaded: number): Promise<Story> {
  const week = async (asAt: string): Promise<Week> => {
    const files = (await readdir(join(folder, "files", asAt))).map((file) => join(folder, "files", asAt, file));
    return { asAt, files };
  };
  const kept = [1, 2, 3].map((weeks) => date(loaded + weeks * 7 * DAY));
  const from = kept.findIndex((asAt) => asAt >= date(Date.now()));
  const [next, afterNext] = await Promise.all([week(kept[from]!), week(kept[from + 1]!)]);

  const foretold = join(folder, "foretold");
  await mkdir(foretold);
  const copy = await copyDatabase(database, foretold);
  const seen = [await Promise.all(MEASURES.map((measure) => lines(copy, measure)))];
  for (const { asAt, files } of [next, afterNext]) {
    await command(copy, ["load", ...files, "--as-at", asAt, "--confirm", "all"]);
    seen.push(await Promise.all(MEASURES.map((measure) => lines(copy, measure))));
  }
  for (const [at, measure] of MEASURES.entries()) {
    const [now, then, later] = seen.map((extract) => extract[at]!) as [Map<string, Line[]>, Map<string, Line[]>, Map<string, Line[]>];
    const late = [...now].filter(([, rows]) => rows.length === 1 && isLate(measure, rows[0]!));
    const isStill = (extract: Map<string, Line[]>, child: string, start: string | null): boolean =>
      (extract.get(child) ?? []).some((line) => isLate(measure, line) && line.start === start);
    const confirmed = late.find(([child]) => {
      const rows = then.get(child) ?? [];
      return rows.length > 0 && rows.every((line) => !isLate(measure, line));
    });
    const contradicted = late.find(([child, [line]]) => [then, later].every((one) => isStill(one, child, line!.start)));
    if (!confirmed || !contradicted) continue;
    const others = late.map(([child]) => child).filter((child) => child !== confirmed[0] && child !== contradicted[0]);
    if (others.length < 2) continue;
    const found = { measure, confirmed: confirmed[0], contradicted: contradicted[0], others: others.slice(0, 2) };
    return { service: SERVICE, next, afterNext, late: found };
  }
  throw new Error("the demonstration has no late child that is put right next week beside one that is not");
}

/** A server with a demonstration of its own, whose next extracts are at hand. */
export const test = base.extend<object, { surgery: Surgery; story: Story; authority: { folder: string; database: string; loaded: number } }>({
  authority: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "surgery-story-"));
      const loaded = lastLoaded();
      const more = ["--months-before", "0", "--last", date(loaded + 3 * 7 * DAY), "--keep-back", "3"];
      const database = await makeDemonstration(folder, 800, LOADED + 3, ...more);
      await use({ folder, database, loaded });
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],

  story: [async ({ authority }, use) => use(await story(authority.folder, authority.database, authority.loaded)), { scope: "worker", timeout: 120_000 }],

  surgery: [
    async ({ authority }, use) => {
      const surgery = await Surgery.start(authority.database);
      await use(surgery);
      await surgery.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});
