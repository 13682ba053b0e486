import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const BINARY = resolve(process.env.SURGERY_BIN ?? "../target/release/surgery");
const PATIENCE = 30_000;

/** Makes a demonstration authority in `folder/files` and loads it; returns the database's file. */
export async function makeDemonstration(folder: string, children: number, weeks: number, ...more: string[]): Promise<string> {
  const database = join(folder, "demonstration.db");
  const args = ["demo", "--children", `${children}`, "--weeks", `${weeks}`, "--seed", "1", ...more];
  await command(database, [...args, "--out", join(folder, "files"), "--load"]);
  return database;
}

/** Runs a command of the binary on a database; returns what it printed. */
export async function command(database: string, args: string[]): Promise<string> {
  const { stdout } = await run(BINARY, args, {
    cwd: dirname(database),
    env: { ...process.env, DATABASE_URL: `sqlite://${database}` },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** One running server with a copy of a database, so that tests may change what they like. */
export class Surgery {
  private constructor(
    readonly url: string,
    readonly database: string,
    private readonly server: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(template: string): Promise<Surgery> {
    const folder = await mkdtemp(join(tmpdir(), "surgery-browser-"));
    const database = await copyDatabase(template, folder);
    const port = await freePort();
    const server = spawn(BINARY, ["serve", "--listen", `127.0.0.1:${port}`], {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: `sqlite://${database}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const words: string[] = [];
    for (const stream of [server.stdout, server.stderr]) {
      stream.on("data", (chunk) => {
        words.push(`${chunk}`);
        words.splice(0, words.length - 200);
      });
    }
    const surgery = new Surgery(`http://127.0.0.1:${port}`, database, server, folder);
    try {
      await surgery.ready();
    } catch (error) {
      await surgery.stop();
      throw new Error(`${error}\nIt said:\n${words.join("")}`);
    }
    return surgery;
  }

  async stop(): Promise<void> {
    if (this.server.exitCode === null && this.server.signalCode === null) {
      const ended = new Promise((done) => this.server.once("exit", done));
      this.server.kill("SIGINT");
      const inTime = await Promise.race([ended.then(() => true), sleep(10_000, false)]);
      if (!inTime) this.server.kill("SIGKILL");
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      if (this.server.exitCode !== null) throw new Error(`surgery ended with ${this.server.exitCode}`);
      const answer = await fetch(`${this.url}/healthz`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(100);
    }
    throw new Error(`surgery did not answer /healthz within ${PATIENCE / 1000} s`);
  }
}

/** A SQLite database is up to three files: the second and third may hold what the first does not yet. */
export async function copyDatabase(template: string, folder: string): Promise<string> {
  const name = basename(template);
  for (const file of await readdir(dirname(template))) {
    if (file === name || file === `${name}-wal`) await cp(join(dirname(template), file), join(folder, file));
  }
  return join(folder, name);
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? found(address.port) : failed(new Error("no port"))));
    });
  });
}
