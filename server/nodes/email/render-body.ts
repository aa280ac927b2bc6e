import { micromark } from "micromark";
import { gfmAutolinkLiteral, gfmAutolinkLiteralHtml } from "micromark-extension-gfm-autolink-literal";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";

const MARKERS = /[*_[\]>`~<&|\n]|[-+.#)][ \t]/g;
/** The parser takes the square of them at worst. */
const MAX_MARKERS = 3_000;
/** What may end a bare address, so often that the parser, which looks ahead at each of them, would not come to its end. */
const ENDLESS = /(?:[!"'),.:;<?\]_~*]|&[A-Za-z]{1,40};){200}/;

const STYLE = "font-family:system-ui,sans-serif;font-size:15px;line-height:22px;color:#1c2024;max-width:680px";

/**
 * A Markdown text as the HTML of a mail. HTML in it is shown as it is written, links lead to the web and to addresses only,
 * and pictures, which tell others who reads, are left as text. Undefined for a text of so many markers that it is hardly written for people:
 * that is sent as plain text.
 */
export function renderBody(markdown: string): string | undefined {
	if (ENDLESS.test(markdown) || (markdown.match(MARKERS)?.length ?? 0) > MAX_MARKERS) return undefined;
	const html = micromark(markdown, {
		extensions: [gfmTable(), gfmAutolinkLiteral(), { disable: { null: ["labelStartImage"] } }],
		htmlExtensions: [gfmTableHtml(), gfmAutolinkLiteralHtml()],
	});
	return `<!doctype html><html><head><meta charset="utf-8"></head><body><div style="${STYLE}">${html}</div></body></html>`;
}
