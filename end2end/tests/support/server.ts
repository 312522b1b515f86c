import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROJECT = resolve(import.meta.dirname, "../../..");
/** The program that is tested. */
const PROGRAM = process.env["E2E_SERVER"] ?? join(PROJECT, "target/end2end/shelfshare");
/** The files for browsers. */
export const SITE_ROOT = process.env["SHELFSHARE_SITE_ROOT"] ?? join(PROJECT, "target/end2end/site");

/** A market of its own: the real program on a free port, with an empty database in a folder of its own. */
export class Server {
  readonly origin: string;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #process: ChildProcess;
  #stopping = false;

  private constructor(port: number, shop: string, settings: Record<string, string>) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#folder = mkdtempSync(join(tmpdir(), "shelfshare-e2e-"));
    this.#environment = {
      PATH: process.env["PATH"],
      RUST_BACKTRACE: "1",
      SHELFSHARE_MODE: "development",
      SHELFSHARE_DATABASE_URL: `sqlite://${join(this.#folder, "market.db")}`,
      SHELFSHARE_DATA_DIR: join(this.#folder, "data"),
      SHELFSHARE_LISTEN: `127.0.0.1:${port}`,
      SHELFSHARE_PUBLIC_URL: this.origin,
      SHELFSHARE_SITE_ROOT: SITE_ROOT,
      // Everybody here comes from one address and is in a hurry.
      SHELFSHARE_RATE_LIMITS: "off",
      // The one shop that may be read from although it is on this machine.
      SHELFSHARE_IMPORT_FROM: shop,
      ...settings,
    };
    const log = openSync(this.#logFile, "w");
    this.#process = spawn(PROGRAM, ["serve"], {
      // Not in the project: a shelfshare.toml there is meant for its developer.
      cwd: this.#folder,
      env: this.#environment,
      stdio: ["ignore", log, log],
    });
  }

  /** `shop` is the host and port that links are read from; `settings` are variables that differ from what is usual. */
  static async start(shop: string, settings: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await freePort(), shop, settings);
    await server.#ready();
    return server;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const ended = new Promise((done) => this.#process.once("exit", done));
    if (this.#process.exitCode === null && this.#process.kill("SIGTERM")) await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** `shelfshare verify` on this market's database: the exit code and what it said. */
  async verify(): Promise<{ code: number | null; said: string }> {
    return this.run("verify");
  }

  /** A command of the program on this market, with `settings` that differ: the exit code and what it said. */
  async run(
    command: string,
    words: string[] = [],
    settings: Record<string, string> = {},
  ): Promise<{ code: number | null; said: string }> {
    const environment = { ...this.#environment, ...settings };
    const program = spawn(PROGRAM, [command, ...words], { cwd: this.#folder, env: environment });
    let said = "";
    for (const stream of [program.stdout, program.stderr]) stream.on("data", (text) => (said += text));
    const code = await new Promise<number | null>((done) => program.once("close", done));
    return { code, said };
  }

  /** Where its books are. */
  get database(): string {
    return `sqlite://${join(this.#folder, "market.db")}`;
  }

  /** What the server has logged since it started. */
  log(): string {
    return readFileSync(this.#logFile, "utf8");
  }

  get #logFile(): string {
    return join(this.#folder, "server.log");
  }

  async #ready(): Promise<void> {
    let failure: unknown = "it ended by itself";
    this.#process.once("error", (error) => (failure = error));
    const ended = new Promise<never>((_, refuse) =>
      this.#process.once("exit", () => {
        if (!this.#stopping) refuse(new Error(`The server is gone: ${failure}\n${this.log()}`));
      }),
    );
    // After the start nobody waits for this any more, and the next request will say it.
    ended.catch(() => {});
    await Promise.race([ended, this.#answers()]);
  }

  async #answers(): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      const answer = await fetch(`${this.origin}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`The server does not answer.\n${this.log()}`);
  }
}

export function freePort(): Promise<number> {
  return new Promise((found, refuse) => {
    const probe = createServer();
    probe.once("error", refuse);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? found(address.port) : refuse(new Error("no port"))));
    });
  });
}
