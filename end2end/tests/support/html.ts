import { type ConfigData, HtmlValidate } from "html-validate";

/** What every page keeps to: the standard, and nothing that is a matter of taste. */
const RULES: ConfigData = {
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    // Scripts and styles come from the server that sends the page.
    "require-sri": "off",
    // A list or a group may have a name as well as a landmark.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
};

const validator = new HtmlValidate(RULES);

/** What is wrong with a document, a line for each. */
export async function faults(html: string): Promise<string[]> {
  // Marks between the parts of a page, which the program that attaches to it counts. No reader sees them.
  const document = html.replaceAll(/<!--.*?-->|<!>/gs, "");
  const { results } = await validator.validateString(document);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column}) ${near(document, line, column)}`),
  );
}

function near(document: string, line: number, column: number): string {
  return document.split("\n")[line - 1]?.slice(Math.max(0, column - 40), column + 80) ?? "";
}
