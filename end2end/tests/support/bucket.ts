import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "./server.ts";

const PROGRAM = resolve(import.meta.dirname, "../../node_modules/.bin/s3rver");
const NAMES = ["pictures", "moved"];

/** A store that speaks S3, with two buckets. */
export class Buckets {
  readonly #port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), "shelfshare-s3-"));
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
  }

  static async open(): Promise<Buckets> {
    const buckets = new Buckets(await freePort());
    await buckets.start();
    return buckets;
  }

  async start(): Promise<void> {
    const words = ["--directory", this.#folder, "--address", "127.0.0.1", "--port", `${this.#port}`, "--silent"];
    const made = NAMES.flatMap((name) => ["--configure-bucket", name]);
    this.#process = spawn(PROGRAM, [...words, ...made], { stdio: "ignore" });
    for (let tries = 0; tries < 200; tries += 1) {
      if (await fetch(`http://127.0.0.1:${this.#port}/`).catch(() => undefined)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error("The store does not answer.");
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#process?.once("exit", done));
    if (this.#process?.kill("SIGTERM")) await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What makes a server keep its pictures in a folder of a bucket. */
  settings(bucket = "pictures"): Record<string, string> {
    return {
      SHELFSHARE_PICTURES_BUCKET: `${bucket}/of/a-market`,
      SHELFSHARE_S3_ENDPOINT: `http://127.0.0.1:${this.#port}`,
      SHELFSHARE_S3_ACCESS_KEY: "S3RVER",
      SHELFSHARE_S3_SECRET_KEY: "S3RVER",
    };
  }

  /** The files in a bucket, by their names within the folder. */
  files(bucket = "pictures"): string[] {
    const folder = join(this.#folder, bucket, "of/a-market");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return files.flatMap((file) => file.match(/^(.*\.jpg)\._S3rver_object$/)?.[1] ?? []).sort();
  }
}
