import type { BrowserContext, ConsoleMessage, Request, Response } from "@playwright/test";

/**
 * Notes whatever no visitor should ever meet: errors and warnings in the console (a page that differs from
 * the HTML it attaches to among them), scripts that fail, requests that fail or are refused, and requests
 * to anyone but the market.
 */
export class Watch {
  readonly #origin: string;
  readonly #hydrated: boolean;
  readonly #expected = new Set<number>();
  #breaks = false;
  #problems: string[] = [];

  constructor(context: BrowserContext, origin: string, hydrated: boolean) {
    this.#origin = origin;
    this.#hydrated = hydrated;
    context.on("console", (message) => this.#console(message));
    context.on("weberror", (error) => this.#breaks || this.#note(`script: ${error.error().stack ?? error.error()}`));
    context.on("request", (request) => this.#request(request));
    context.on("requestfailed", (request) => this.#failed(request));
    context.on("response", (response) => this.#response(response));
  }

  /** From now on, answers with this status are what the test is about. */
  expectStatus(status: number): void {
    this.#expected.add(status);
  }

  /** From now on the page's program may break: the test is about what is left then. */
  expectBreaking(): void {
    this.#breaks = true;
  }

  /** What was noted since the last call. */
  take(): string[] {
    const problems = this.#problems;
    this.#problems = [];
    return problems;
  }

  #note(problem: string): void {
    // What follows the first lines is the inside of the program.
    this.#problems.push(problem.split("\n").slice(0, 4).join("\n"));
  }

  #console(message: ConsoleMessage): void {
    // The browser's own line about a refused request; `response` judges those.
    if (message.text().startsWith("Failed to load resource")) return;
    if (this.#breaks && message.type() === "error") return;
    if (message.type() === "error" || message.type() === "warning") {
      this.#note(`console ${message.type()}: ${message.text()} (${message.page()?.url()})`);
    }
  }

  #request(request: Request): void {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== this.#origin) this.#note(`request elsewhere: ${url}`);
  }

  #failed(request: Request): void {
    // Without JavaScript the browser itself drops the scripts it was told to load ahead.
    if (!this.#hydrated && request.resourceType() === "script") return;
    const reason = request.failure()?.errorText;
    if (this.#breaks) return;
    // Leaving a page drops what it was still loading.
    if (reason !== "net::ERR_ABORTED") this.#note(`request failed: ${request.url()} (${reason})`);
  }

  #response(response: Response): void {
    const status = response.status();
    if (status >= 400 && !this.#expected.has(status)) {
      this.#note(`${status}: ${response.request().method()} ${response.url()}`);
    }
  }
}
