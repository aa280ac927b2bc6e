import type { Nodes } from "mdast";
import { Fragment, memo, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { MarkdownCode, MarkdownLink, showMarkdownBlock } from "@/components/ui/markdown/markdown-block";
import { parseComment } from "./parse-comment";

export interface ShownMention {
	id: string;
	name: string;
	/** False for whoever has left the team: their name is plain text. */
	isMember: boolean;
}

interface CommentTextProps {
	/** Markdown, with people as `<@id>`. */
	text: string;
	mentions: readonly ShownMention[];
	className?: string;
}

/** What somebody wrote, with its Markdown. Nothing of it is ever taken for HTML. */
export const CommentText = memo(function CommentText({ text, mentions, className }: CommentTextProps) {
	const root = parseComment(text);
	const people = new Map(mentions.map((mention) => [mention.id, mention]));
	return (
		<div className={cn("grid min-w-0 gap-2 break-words", className)}>
			{root ? (
				<Children nodes={root.children} source={{ text, people }} depth={0} />
			) : (
				<p className="whitespace-pre-wrap">
					<Text value={text} people={people} />
				</p>
			)}
		</div>
	);
});

type People = ReadonlyMap<string, ShownMention>;

interface Source {
	text: string;
	people: People;
}

/** Quotes in lists in quotes: what is deeper is shown as it was written. */
const MAX_DEPTH = 12;

function Children({ nodes, source, depth }: { nodes: readonly Nodes[]; source: Source; depth: number }): ReactNode {
	return nodes.map((node) => (
		<Fragment key={node.position?.start.offset}>{show(node, { source, depth: depth + 1 })}</Fragment>
	));
}

function show(node: Nodes, { source, depth }: { source: Source; depth: number }): ReactNode {
	if (depth > MAX_DEPTH) return written(node, source);
	const inner = "children" in node && <Children nodes={node.children} source={source} depth={depth} />;
	switch (node.type) {
		case "paragraph":
			return <p className="min-w-0 whitespace-pre-wrap">{inner}</p>;
		case "text":
			return <Text value={node.value} people={source.people} />;
		case "inlineCode":
		case "code":
			return <MarkdownCode isBlock={node.type === "code"}>{named(node.value, source.people)}</MarkdownCode>;
		case "link":
			return (
				<MarkdownLink url={node.url} otherwise={written(node, source)}>
					{inner}
				</MarkdownLink>
			);
		default:
			return showMarkdownBlock(node, inner) ?? written(node, source);
	}
}

/** The characters of the comment that a part of it was read from. */
function written({ position }: Nodes, { text, people }: Source): ReactNode {
	return <Text value={text.slice(position?.start.offset, position?.end.offset)} people={people} />;
}

const MENTION = /<@([^<>]{1,64})>/g;

function Text({ value, people }: { value: string; people: People }): ReactNode {
	const parts: ReactNode[] = [];
	let from = 0;
	for (const { 0: whole, 1: id = "", index } of value.matchAll(MENTION)) {
		const person = people.get(id);
		if (!person) continue;
		parts.push(value.slice(from, index));
		parts.push(
			person.isMember ? (
				<span key={index} className="rounded-1 bg-accent-soft px-0.5 font-medium text-accent">
					@{person.name}
				</span>
			) : (
				person.name
			),
		);
		from = index + whole.length;
	}
	return [...parts, value.slice(from)];
}

/** In code people are named, and nothing else. */
function named(value: string, people: People): string {
	return value.replace(MENTION, (whole, id: string) => {
		const person = people.get(id);
		return person ? `@${person.name}` : whole;
	});
}
