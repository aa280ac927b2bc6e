import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { Fragment, type ReactNode, useMemo } from "react";
import { MarkdownCode, MarkdownLink, showMarkdownBlock } from "@/components/ui/markdown/markdown-block";

/** The parser takes the square of them at worst. */
const MAX_MARKERS = 4_000;
const MARKERS = /[*_[\]>`~]/g;
const MAX_DEPTH = 20;

/** A page in Markdown. Its HTML is shown as it was written, and its pictures are their descriptions: nothing is loaded. */
export function MarkdownPreview({ text }: { text: string }) {
	const root = useMemo(
		() => ((text.match(MARKERS)?.length ?? 0) > MAX_MARKERS ? undefined : fromMarkdown(text)),
		[text],
	);
	return (
		<div className="grid max-h-[60dvh] min-w-0 gap-3 overflow-auto break-words rounded-2 border border-line bg-page px-5 py-4">
			{root ? <Children nodes={root.children} depth={0} /> : <p className="whitespace-pre-wrap">{text}</p>}
		</div>
	);
}

function Children({ nodes, depth }: { nodes: readonly Nodes[]; depth: number }): ReactNode {
	return nodes.map((node) => <Fragment key={node.position?.start.offset}>{show(node, depth + 1)}</Fragment>);
}

const HEADINGS = ["text-18", "text-15", "text-13"] as const;

function show(node: Nodes, depth: number): ReactNode {
	if (depth > MAX_DEPTH) return null;
	const inner = "children" in node && <Children nodes={node.children} depth={depth} />;
	switch (node.type) {
		case "heading":
			return <p className={`font-semibold ${HEADINGS[node.depth - 1] ?? "text-13"}`}>{inner}</p>;
		case "paragraph":
			return <p className="min-w-0">{inner}</p>;
		case "inlineCode":
		case "code":
			return <MarkdownCode isBlock={node.type === "code"}>{node.value}</MarkdownCode>;
		case "link":
			return (
				<MarkdownLink url={node.url} otherwise={inner}>
					{inner}
				</MarkdownLink>
			);
		case "image":
			return <span className="text-ink-3">[{node.alt || "picture"}]</span>;
		case "thematicBreak":
			return <hr className="border-line" />;
		case "text":
		case "html":
			return node.value;
		default:
			return showMarkdownBlock(node, inner) ?? (inner || null);
	}
}
