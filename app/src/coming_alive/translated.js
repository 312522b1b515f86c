// A browser that translates a page puts a <font> with other words in the place of each text. The program behind the
// page still holds the text it wrote: what it writes there later would be seen by nobody, and what it puts beside it
// would go nowhere. So the text is put back, empty, before the words that stand for it. When it changes or goes,
// those words go, and the new ones may be translated in their turn. When the words go, the text says itself again.
function holdTexts(root) {
  const words = new WeakMap();
  const texts = new WeakMap();

  const observer = new MutationObserver((records) => {
    for (const record of records) look(record);
    // What was changed here is known.
    observer.takeRecords();
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });

  function look(record) {
    if (record.type === "characterData") return drop(record.target);
    for (const node of record.removedNodes) {
      if (node.isConnected) continue;
      if (texts.has(node)) giveBack(node, record.addedNodes);
      else if (words.has(node)) drop(node);
      else if (node.nodeType === Node.TEXT_NODE) hold(node, record);
    }
  }

  function hold(text, { addedNodes, previousSibling, nextSibling }) {
    const font = [...addedNodes, nextSibling, previousSibling].find((node) => node?.nodeName === "FONT" && node.isConnected);
    if (!font || texts.has(font)) return;
    words.set(text, { font, said: text.data });
    texts.set(font, text);
    text.data = "";
    font.before(text);
  }

  function drop(text) {
    words.get(text)?.font.remove();
    words.delete(text);
  }

  function giveBack(font, instead) {
    const text = texts.get(font);
    if (words.get(text)?.font !== font) return;
    for (const node of instead) if (node !== text && node.nodeType === Node.TEXT_NODE) node.remove();
    text.data = words.get(text).said;
    words.delete(text);
  }
}
