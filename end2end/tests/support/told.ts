/** What a server of another build tells a page's script that has come to its end: its build, a sentence, and nothing else. */
export function toldByAnotherBuild(sentence: string): Buffer {
  const text = (words: string) => [Buffer.byteLength(words), ...Buffer.from(words)];
  return Buffer.from([...text("another"), 1, ...text(sentence), 0, 0]);
}
