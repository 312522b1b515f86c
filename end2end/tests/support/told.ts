/**
 * What a server of another build tells a page's script: its build, a sentence, no way to go, and `rest`, which only a page of
 * its own can read. An error without a rest means that the page has come to its end.
 */
export function toldByAnotherBuild(sentence: string, rest = ""): Buffer {
  const text = (words: string) => [Buffer.byteLength(words), ...Buffer.from(words)];
  return Buffer.from([...text("another"), 1, ...text(sentence), 0, ...text(rest)]);
}
