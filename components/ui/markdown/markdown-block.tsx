import type { Nodes } from "mdast";
import type { ReactNode } from "react";

/** Markdown whose look is the same wherever it is shown; undefined for what each place shows in its own way. */
export function showMarkdownBlock(node: Nodes, inner: ReactNode): ReactNode | undefined {
	switch (node.type) {
		case "strong":
			return <strong className="font-semibold">{inner}</strong>;
		case "emphasis":
			return <em>{inner}</em>;
		case "blockquote":
			return (
				<blockquote className="grid min-w-0 gap-2 border-line-strong border-l-2 pl-2.5 text-ink-2">{inner}</blockquote>
			);
		case "list":
			return node.ordered ? (
				<ol start={node.start ?? 1} className="grid min-w-0 list-decimal gap-1 pl-5">
					{inner}
				</ol>
			) : (
				<ul className="grid min-w-0 list-disc gap-1 pl-5">{inner}</ul>
			);
		case "listItem":
			return <li className="min-w-0">{inner}</li>;
		case "break":
			return <br />;
	}
}

/** Code within a line, or a block of it. */
export function MarkdownCode({ isBlock, children }: { isBlock: boolean; children: string }) {
	return isBlock ? (
		<pre className="overflow-x-auto rounded-2 border border-line bg-sunken px-2.5 py-2 font-mono text-[12px] leading-[18px]">
			{children}
		</pre>
	) : (
		<code className="rounded-1 bg-fill px-1 font-mono text-[12px]">{children}</code>
	);
}

/** A link to an address of the web; whatever else it leads to is shown by `otherwise`. */
export function MarkdownLink({ url, otherwise, children }: { url: string; otherwise: ReactNode; children: ReactNode }) {
	if (!URL.canParse(url) || !["http:", "https:"].includes(new URL(url).protocol)) return otherwise;
	return (
		<a
			href={url}
			target="_blank"
			rel="noopener noreferrer nofollow"
			className="text-accent underline underline-offset-2"
		>
			{children}
		</a>
	);
}
