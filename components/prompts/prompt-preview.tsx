"use client";

import { useMemo, useState } from "react";
import { countTextTokens } from "@/server/llm/count-text-tokens";
import { formatCount } from "../ui/format/format-number";
import { type LargePart, LazyPart } from "../ui/lazy-part";
import { Tab, TabList, TabPanel, Tabs } from "../ui/tabs";
import { type PromptWork, renderWork } from "./use-prompt-work";

const markdown: LargePart<{ text: string }> = {
	load: () => import("../runs/files/markdown-preview").then((module) => module.MarkdownPreview),
	name: "The preview",
};

/** What is shown of a long one. */
const SHOWN = 100_000;

/** What the prompt becomes on the sample data: as it is sent, with the values marked, and as Markdown reads. */
export function PromptPreview({ work }: { work: PromptWork }) {
	const [tab, setTab] = useState("sent");
	const { file, values } = work;
	const { pieces, problem } = useMemo(() => renderWork({ file, values }), [file, values]);
	const text = pieces.map((piece) => piece.text).join("");
	return (
		<Tabs value={tab} onValueChange={setTab} className="flex-none">
			<TabList
				aria-label="Preview"
				end={
					<span className="text-12 text-ink-3 tabular-nums">
						{`about ${formatCount(countTextTokens(text))} tokens`}
					</span>
				}
			>
				<Tab value="sent">As sent</Tab>
				<Tab value="read">As Markdown</Tab>
			</TabList>
			{problem && (
				<p role="alert" className="px-4 py-3 text-12 text-failed">
					{problem}
				</p>
			)}
			<TabPanel value="sent">
				<section
					aria-label="Preview of the prompt"
					// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key
					tabIndex={0}
					className="max-h-100 overflow-y-auto whitespace-pre-wrap break-words px-4 py-3 text-12 leading-[18px]"
				>
					{cut(pieces).map(({ key, text, isValue }) =>
						isValue ? (
							<mark key={key} className="rounded-1 bg-accent-soft text-accent">
								{text}
							</mark>
						) : (
							<span key={key}>{text}</span>
						),
					)}
					{text === "" && !problem && <span className="text-ink-3">The prompt is empty.</span>}
				</section>
			</TabPanel>
			<TabPanel value="read" className="p-3">
				<LazyPart part={markdown} props={{ text: text.slice(0, SHOWN) }} />
			</TabPanel>
		</Tabs>
	);
}

function cut(pieces: ReturnType<typeof renderWork>["pieces"]) {
	let at = 0;
	return pieces.flatMap((piece) => {
		const key = at;
		at += piece.text.length;
		return key > SHOWN ? [] : [{ ...piece, key }];
	});
}
