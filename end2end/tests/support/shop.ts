import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { picture } from "./picture.ts";

export type Ware = {
  title: string;
  description: string;
  price: string;
  currency: string;
  stock: "InStock" | "OutOfStock";
  sku: string;
  pictures: string[];
};

/** What is on every page of the shop, as on those of real ones. */
const NAVIGATION = `<header><a href="/">Alder and Oat</a>
  <nav><a href="/collections/kitchen">Kitchen</a> <a href="/pages/about">About us</a> <a href="/cart">Cart</a></nav></header>`;
const FOOTER = `<footer><p>Alder and Oat, Mill Lane 4. Sent within two days.</p><a href="/pages/returns">Returns</a></footer>`;

const COLOURS: Record<string, [number, number, number]> = {
  "river-front": [86, 122, 140],
  "river-side": [66, 98, 116],
  "tray-front": [176, 132, 84],
  "spoon-front": [150, 108, 70],
  "bowl-front": [188, 172, 150],
  "cloth-front": [120, 140, 110],
  "board-front": [140, 96, 58],
};

/** Another shop on the web, with a page for each thing that can be behind a link. It answers to nobody else. */
export class Shop {
  readonly #server: HttpServer;
  readonly #wares: Record<string, Ware> = wares();
  readonly #heldBack = new Map<string, Promise<void>>();

  private constructor(server: HttpServer) {
    this.#server = server;
  }

  static async open(): Promise<Shop> {
    const server = createServer();
    const shop = new Shop(server);
    server.on("request", (request, response) => void shop.#answer(request, response));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return shop;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Host and port. */
  get place(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  address(path: string): string {
    return `http://${this.place}${path}`;
  }

  /** From now on its page says something else. */
  change(name: string, now: Partial<Ware>): void {
    Object.assign(this.#ware(name), now);
  }

  /** From now on its page is not answered, until what is given back is called. */
  holdBack(name: string): () => void {
    this.#ware(name);
    let answer = () => {};
    this.#heldBack.set(name, new Promise((done) => (answer = done)));
    return () => {
      this.#heldBack.delete(name);
      answer();
    };
  }

  #ware(name: string): Ware {
    const ware = this.#wares[name];
    if (!ware) throw new Error(`The shop sells no ${name}.`);
    return ware;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://shop").pathname;
    const [kind = "", name = ""] = path.split("/").slice(1);
    if (kind === "products") await this.#heldBack.get(name);
    const ware = this.#wares[name];
    if (kind === "products" && ware) return html(response, 200, this.#productPage(name, ware));
    if (kind === "images") return image(response, name.replace(/\.png$/, ""));
    if (path === "/collections/kitchen") return html(response, 200, this.#listPage("Kitchen"));
    if (path === "/wall") return wall(response);
    if (path === "/robots.txt") return text(response, `User-agent: *\nAllow: /\nSitemap: ${this.address("/sitemap.xml")}\n`);
    if (path === "/sitemap.xml") return xml(response, this.#sitemap());
    if (path === "/") return html(response, 200, this.#listPage("Alder and Oat"));
    html(response, 404, page("Page not found", "<h1>Page not found</h1><p>Error 404: this page does not exist.</p>"));
  }

  #productPage(name: string, ware: Ware): string {
    const pictures = ware.pictures.map((file) => this.address(`/images/${file}.png`));
    const facts = {
      "@context": "https://schema.org/",
      "@type": "Product",
      name: ware.title,
      description: ware.description,
      image: pictures,
      sku: ware.sku,
      brand: { "@type": "Brand", name: "Alder and Oat" },
      offers: {
        "@type": "Offer",
        url: this.address(`/products/${name}`),
        price: ware.price,
        priceCurrency: ware.currency,
        availability: `https://schema.org/${ware.stock}`,
      },
    };
    const sign = ware.currency === "EUR" ? "€" : "$";
    return page(
      ware.title,
      `<main><div class="gallery">${pictures.map((src) => `<img src="${src}" alt="${ware.title}" width="800" height="800">`).join("")}</div>
      <h1>${ware.title}</h1><p class="price">${sign}${ware.price}</p>
      <form action="/cart/add" method="post"><button type="submit"${ware.stock === "InStock" ? "" : " disabled"}>
      ${ware.stock === "InStock" ? "Add to cart" : "Sold out"}</button></form>
      <div class="description"><p>${ware.description}</p></div></main>`,
      `<link rel="canonical" href="${this.address(`/products/${name}`)}">
      <meta property="og:type" content="product"><meta property="og:title" content="${ware.title}">
      <script type="application/ld+json">${JSON.stringify(facts)}</script>`,
    );
  }

  #listPage(title: string): string {
    const tiles = Object.entries(this.#wares).map(
      ([name, ware]) => `<li class="product-card"><a href="/products/${name}">
      <img src="/images/${ware.pictures[0]}.png" alt="" width="300" height="300">
      <h3>${ware.title}</h3></a><span class="price">$${ware.price}</span>
      <button type="button">Add to cart</button></li>`,
    );
    const list = {
      "@context": "https://schema.org/",
      "@type": "CollectionPage",
      name: title,
      mainEntity: {
        "@type": "ItemList",
        itemListElement: Object.keys(this.#wares).map((name, at) => ({
          "@type": "ListItem",
          position: at + 1,
          url: this.address(`/products/${name}`),
        })),
      },
    };
    return page(
      title,
      `<main><h1>${title}</h1><p>${tiles.length} products</p><ul class="product-grid">${tiles.join("")}</ul></main>`,
      `<script type="application/ld+json">${JSON.stringify(list)}</script>`,
    );
  }

  #sitemap(): string {
    const places = Object.keys(this.#wares).map((name) => `<url><loc>${this.address(`/products/${name}`)}</loc></url>`);
    return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${places.join("")}</urlset>`;
  }
}

function wares(): Record<string, Ware> {
  const ware = (title: string, price: string, sku: string, pictures: string[], description: string): Ware => {
    return { title, price, sku, pictures, description, currency: "USD", stock: "InStock" };
  };
  return {
    "river-mug": ware("River mug", "24.00", "RM-1", ["river-front", "river-side"], "Thrown by hand and glazed in the blue of the river. Holds a quarter of a litre."),
    "oak-tray": { ...ware("Oak tray", "49.00", "OT-1", ["tray-front"], "One board of oak, oiled. Carries breakfast for two."), currency: "EUR" },
    "ash-spoon": ware("Ash spoon", "12.50", "AS-1", ["spoon-front"], "Carved from green ash and dried for a year."),
    "oat-bowl": ware("Oat bowl", "28.00", "OB-1", ["bowl-front"], "Deep enough for porridge, wide enough for soup."),
    "linen-cloth": ware("Linen cloth", "16.00", "LC-1", ["cloth-front"], "Dries glasses without a trace of fluff."),
    "bread-board": ware("Bread board", "38.00", "BB-1", ["board-front"], "End grain, so that knives stay sharp."),
  };
}

function page(title: string, body: string, head = ""): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} – Alder and Oat</title>${head}</head>
<body>${NAVIGATION}${body}${FOOTER}</body></html>`;
}

/** What a shop shows to whom it takes for a machine. */
function wall(response: ServerResponse): void {
  response.setHeader("cf-mitigated", "challenge");
  html(
    response,
    403,
    `<!doctype html><html lang="en"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head>
<body><h1>shop.example</h1><h2>Checking if the site connection is secure</h2><p>Verify you are human by completing the action below.</p>
<div id="cf-challenge-running"></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>`,
  );
}

function html(response: ServerResponse, status: number, content: string): void {
  send(response, status, "text/html; charset=utf-8", content);
}

function xml(response: ServerResponse, content: string): void {
  send(response, 200, "application/xml", content);
}

function text(response: ServerResponse, content: string): void {
  send(response, 200, "text/plain", content);
}

function image(response: ServerResponse, name: string): void {
  send(response, 200, "image/png", picture(`${name}.png`, COLOURS[name] ?? [128, 128, 128], 640).buffer);
}

function send(response: ServerResponse, status: number, kind: string, content: string | Buffer): void {
  response.writeHead(status, { "content-type": kind });
  response.end(content);
}
