import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeDemonstration } from "./surgery";

/** Before all tests: one demonstration authority, which every worker copies. After them: nothing is left. */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "surgery-demonstration-"));
  process.env.DEMONSTRATION_DB = await makeDemonstration(folder, 300, 6);
  return () => rm(folder, { recursive: true, force: true });
}
