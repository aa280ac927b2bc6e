"use client";

import { Lock } from "lucide-react";
import { Fragment, useState } from "react";
import type { Json } from "@/server/plan/values/json";
import { REDACTED } from "@/server/plan/values/redacted";

const LONG = 400;

/** A value that holds no others; secrets are chips. */
export function JsonLeaf({ value }: { value: Json }) {
	if (typeof value === "string") return <Text value={value} />;
	if (typeof value === "number") return <span className="text-(--code-number)">{value}</span>;
	if (typeof value === "boolean") return <span className="text-(--code-keyword)">{String(value)}</span>;
	return (
		<span className="text-(--code-comment)">{value === null ? "null" : Array.isArray(value) ? "[ ]" : "{ }"}</span>
	);
}

function withoutLastLineEnds(text: string): string {
	let end = text.length;
	while (text[end - 1] === "\n") end -= 1;
	return text.slice(0, end);
}

function Text({ value }: { value: string }) {
	const [all, setAll] = useState(false);
	const text = withoutLastLineEnds(value);
	const shown = all || text.length <= LONG ? text : text.slice(0, LONG);
	return (
		<span className="text-(--code-string)">
			"<WithChips text={shown} />
			{shown.length < text.length ? (
				<button type="button" className="ml-1 text-accent" onClick={() => setAll(true)}>
					… {text.length - shown.length} more characters
				</button>
			) : (
				'"'
			)}
		</span>
	);
}

function WithChips({ text }: { text: string }) {
	const parts = text.split(REDACTED);
	return parts.map((part, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
		<Fragment key={index}>
			{part}
			{index < parts.length - 1 && <RedactedChip />}
		</Fragment>
	));
}

function RedactedChip() {
	return (
		<span className="inline-flex h-4 items-center gap-1 rounded-1 border border-line-strong bg-[repeating-linear-gradient(135deg,var(--fill)_0_3px,var(--panel)_3px_6px)] px-[5px] align-[-3px] font-medium font-sans text-11 text-ink-2">
			<Lock aria-hidden="true" className="size-2.5" strokeWidth={2.25} />
			secret
		</span>
	);
}
