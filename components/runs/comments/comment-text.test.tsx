import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CommentText, type ShownMention } from "./comment-text";

const ann: ShownMention = { id: "1", name: "Ann <b>", isMember: true };

test("bold, italic, code, lists, quotes and links are shown", () => {
	const html = show(
		"**b** *i* `c`\n\n- one\n- two\n\n1. first\n\n> said\n\n```\ncode\n```\n\n[here](https://a.example/x)",
	);
	expect(html).toMatch(/<strong[^>]*>b<\/strong> <em>i<\/em> <code[^>]*>c<\/code>/);
	expect(html).toMatch(/<ul[^>]*><li[^>]*><p[^>]*>one/);
	expect(html).toMatch(/<ol start="1"[^>]*>/);
	expect(html).toMatch(/<blockquote[^>]*><p[^>]*>said/);
	expect(html).toMatch(/<pre[^>]*>code<\/pre>/);
	expect(html).toMatch(
		/<a href="https:\/\/a\.example\/x" target="_blank" rel="noopener noreferrer nofollow"[^>]*>here/,
	);
});

test("an address that was only written is a link", () => {
	expect(show("see https://a.example/b, please")).toMatch(
		/<a href="https:\/\/a\.example\/b"[^>]*>https:\/\/a\.example\/b<\/a>,/,
	);
});

test("headings, images and HTML stay text", () => {
	const html = show('# no\n\n![x](https://a.example/p.png)\n\n<script>alert(1)</script><img src=x onerror="a()">');
	expect(html).toContain("# no");
	expect(html).not.toMatch(/<h\d|<img|<script/);
	expect(html).toContain("&lt;script&gt;");
});

test.each([
	"javascript:alert(1)",
	"JaVaScRiPt:alert(1)",
	"java\tscript:alert(1)",
	"&#106;avascript:alert(1)",
	"data:text/html,x",
	"vbscript:x",
	"//a.example",
	"/local",
	"mailto:a@b.example",
	"file:///etc/passwd",
])("a link to %s is shown as it was written", (url) => {
	expect(show(`[click](${url})`)).not.toContain("<a");
});

test("a mention shows a member by name, and whoever has left as plain text", () => {
	expect(show("hi <@1>, `<@1>`", [ann])).toMatch(
		/hi <span[^>]*>@Ann &lt;b&gt;<\/span>, <code[^>]*>@Ann &lt;b&gt;<\/code>/,
	);
	expect(show("hi <@1>", [{ ...ann, isMember: false }])).toContain("hi Ann &lt;b&gt;");
	expect(show("hi <@2>", [ann])).toContain("hi &lt;@2&gt;");
});

test("a text of nothing but markers is shown as it was written", () => {
	for (const marker of [">", "- ", "*a_", "[", "[a](", "`a``", "~~~\n"]) {
		const text = marker.repeat(1_300).trimEnd();
		expect(show(text)).toContain(text.replaceAll(">", "&gt;"));
	}
});

test("what is nested deeper than twelve levels is shown as it was written", () => {
	const html = show(`${"> ".repeat(60)}deep`);
	expect(html.match(/<blockquote/g)).toHaveLength(12);
	expect(html).toContain("deep");
});

function show(text: string, mentions: readonly ShownMention[] = []): string {
	return renderToStaticMarkup(<CommentText text={text} mentions={mentions} />);
}
