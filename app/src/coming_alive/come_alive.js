// Brings the page to life. When that fails, or something of ours breaks later, the page is left as it is without
// scripts: links lead, forms are sent, and nothing of ours stands in between.
(function (script, module, parts) {
  // Every event that the program behind the page hears.
  const HEARD = [
    "beforeunload", "change", "click", "close", "focusin", "input", "keydown", "pagehide", "pageshow", "pointerdown",
    "popstate", "scroll", "storage", "submit", "touchmove", "visibilitychange", "wheel",
  ];
  const html = document.documentElement;
  const root = document.getElementById("market");
  let plain = false;

  function leavePlain() {
    if (plain) return;
    plain = true;
    watch.disconnect();
    delete html.dataset.hydrated;
    html.dataset.plain = "";
    history.scrollRestoration = "auto";
    // What was written for browsers without scripts holds from now on.
    for (const instead of root.querySelectorAll("noscript")) {
      const written = document.createElement("template");
      written.innerHTML = instead.textContent;
      instead.replaceWith(written.content);
    }
  }

  // These come first. They keep what is broken from hearing anything, and leave alone what the browser does by itself.
  addEventListener("popstate", () => plain && location.reload(), true);
  for (const kind of HEARD) addEventListener(kind, (event) => plain && event.stopImmediatePropagation(), true);

  // Whatever passes through the program without being caught leaves it half-way through something.
  const isOurs = (error) => error?.name === "RuntimeError" || /wasm/.test(error?.stack);
  addEventListener("error", (event) => isOurs(event.error) && leavePlain());
  addEventListener("unhandledrejection", (event) => isOurs(event.reason) && leavePlain());

  // Who changes the page between here and its coming to life is not the page: an extension, a translation. It comes
  // to life only as it was sent, so their changes are taken back, the last one first.
  const changes = [];
  const watch = new MutationObserver((seen) => changes.push(...seen));
  watch.observe(root, { childList: true, subtree: true });

  function restore() {
    changes.push(...watch.takeRecords());
    watch.disconnect();
    for (const { target, addedNodes, removedNodes, nextSibling } of changes.reverse()) {
      for (const node of addedNodes) node.remove();
      for (const node of removedNodes) target.insertBefore(node, nextSibling);
    }
    // Those who were quicker can be told by their names: no element of ours has one of its own.
    for (const element of root.querySelectorAll("*")) if (element.localName.includes("-")) element.remove();
  }

  // The page is painted first: on a slow line the program would take it from letters, style and the first pictures.
  function seen() {
    return new Promise((done) => {
      requestAnimationFrame(() => setTimeout(done));
      // Where nobody looks there are no frames.
      setTimeout(done, 1000);
    });
  }

  seen()
    .then(async () => {
      const code = fetch(module);
      // What this page needs beside it comes meanwhile, into the browser's memory of files.
      for (const part of parts) fetch(part).then((answer) => answer.arrayBuffer()).catch(() => {});
      const program = await import(script);
      await program.default({ module_or_path: code });
      await program.load_part();
      restore();
      holdTexts(root);
      program.hydrate();
      // What the page does first is done by then.
      setTimeout(() => plain || (html.dataset.hydrated = ""));
    })
    .catch((error) => {
      console.error(error);
      leavePlain();
    });
})
