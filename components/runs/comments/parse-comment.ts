import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";

/** What is no part of the subset stays the text that was written. */
const NOT_READ = [
	"headingAtx",
	"setextUnderline",
	"thematicBreak",
	"htmlFlow",
	"htmlText",
	"labelStartImage",
	"definition",
	"codeIndented",
	"autolink",
];
const MARKERS = /[*_[\]>`~]|[-+] /g;
/** The parser takes the square of them at worst. */
const MAX_MARKERS = 400;

// Its transforms look for addresses in the text once more, e-mail addresses among them.
const { transforms: _, ...literals } = gfmAutolinkLiteralFromMarkdown();

/**
 * A comment's Markdown: bold, italic, code, lists, quotes and links. Undefined for a text of so many markers that it is
 * hardly written by hand; that is shown as it is.
 */
export function parseComment(text: string): Root | undefined {
	if ((text.match(MARKERS)?.length ?? 0) > MAX_MARKERS) return undefined;
	return fromMarkdown(text, {
		extensions: [gfmAutolinkLiteral(), { disable: { null: NOT_READ } }],
		mdastExtensions: [literals],
	});
}
