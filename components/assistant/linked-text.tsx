import { Fragment } from "react";

interface LinkedTextProps {
	text: string;
	/** What a name in brackets is called; undefined for one that leads nowhere, which stays as it is. */
	nameOf: (key: string) => string | undefined;
	onOpen: (key: string) => void;
}

/** A line of an answer: `[build]` leads to what it names. Nothing else of it is more than text. */
export function LinkedText({ text, nameOf, onOpen }: LinkedTextProps) {
	return text.split(/(\[[\w#.]{1,80}\])/).map((part, index) => {
		const key = part.startsWith("[") ? part.slice(1, -1) : "";
		const name = key === "" ? undefined : nameOf(key);
		// biome-ignore lint/suspicious/noArrayIndexKey: parts of a text that does not change
		if (name === undefined) return <Fragment key={index}>{part}</Fragment>;
		return (
			<button
				// biome-ignore lint/suspicious/noArrayIndexKey: parts of a text that does not change
				key={index}
				type="button"
				className="rounded-1 font-medium text-accent hover:underline"
				onClick={() => onOpen(key)}
			>
				{name}
			</button>
		);
	});
}
