import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeDemonstration } from "./surgery";

/** Before all tests: one demonstration authority, which every worker copies. After them: nothing is left. */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "surgery-demonstration-"));
  process.env.DEMONSTRATION_DB = await makeDemonstration(folder, 300, 6);
  return () => rm(folder, { recursive: true, force: true });
}

/** The files of the demonstration's newest extract. */
export async function newestFiles(): Promise<string[]> {
  const weeks = join(dirname(process.env.DEMONSTRATION_DB ?? ""), "files");
  const newest = (await readdir(weeks)).sort().at(-1);
  if (!newest) throw new Error("the demonstration has no files");
  return (await readdir(join(weeks, newest))).map((file) => join(weeks, newest, file));
}
