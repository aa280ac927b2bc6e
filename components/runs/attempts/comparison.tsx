"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/ui/chip";
import { IconButton } from "@/components/ui/icon-button";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import type { CodingResult } from "@/server/runs/coding-result";
import { Tests } from "../coding/coding-sections";
import { Conversation } from "../coding/conversation";
import { FilesBeside } from "../coding/files-beside";
import type { RunReader } from "../run-reader";
import type { ShownAttempt } from "./use-attempts";

interface ComparisonProps {
	title: string;
	attempts: readonly ShownAttempt[];
	reader: RunReader;
	card: (attempt: ShownAttempt, chosen: string | null, choose: (name: string | null) => void) => ReactNode;
	/** Below the columns: what is asked, or what came of it. */
	children: ReactNode;
	onClose: () => void;
}

/** The attempts in columns over the whole page, and below them what the chosen one has changed. */
export function Comparison({ title, attempts, reader, card, children, onClose }: ComparisonProps) {
	const first = attempts.find(({ ended }) => ended?.result !== undefined)?.name ?? null;
	const [chosen, setChosen] = useState<string | null>(first);
	const result = attempts.find(({ name }) => name === (chosen ?? first))?.ended?.result;
	return (
		<Primitive.Root open onOpenChange={(open) => open || onClose()}>
			<Primitive.Portal>
				<Primitive.Content
					aria-describedby={undefined}
					onOpenAutoFocus={focusItself}
					className="fixed inset-0 z-30 flex flex-col bg-panel outline-none"
				>
					<header className="flex h-12 flex-none items-center gap-2 border-line border-b bg-page pr-3 pl-5">
						<Primitive.Title className="min-w-0 flex-1 truncate font-semibold text-15">{title}</Primitive.Title>
						<Primitive.Close asChild>
							<IconButton label="Close the comparison">
								<X />
							</IconButton>
						</Primitive.Close>
					</header>
					<div className="grid max-h-[55dvh] flex-none grid-cols-[repeat(auto-fit,minmax(300px,1fr))] gap-3 overflow-y-auto bg-page px-5 pt-4 pb-3">
						{attempts.map((attempt) => card(attempt, chosen ?? first, (name) => setChosen(name ?? chosen)))}
					</div>
					{children && <div className="flex-none border-line border-b bg-page px-5 pb-3">{children}</div>}
					{result ? (
						<Details key={chosen} result={result} reader={reader} />
					) : (
						<p className="p-5 text-ink-3">What they change is shown here as soon as one of them has ended.</p>
					)}
				</Primitive.Content>
			</Primitive.Portal>
		</Primitive.Root>
	);
}

/** The button that closes it would show its tooltip. */
function focusItself(event: Event): void {
	event.preventDefault();
	if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

function Details({ result, reader }: { result: CodingResult; reader: RunReader }) {
	return (
		<Tabs defaultValue="changes" className="min-h-0 flex-1">
			<TabList aria-label="Of the chosen attempt">
				<Tab value="changes">
					Changes <Badge>{result.fileCount}</Badge>
				</Tab>
				{result.tests && <Tab value="tests">Tests</Tab>}
				{result.transcript && <Tab value="conversation">Conversation</Tab>}
			</TabList>
			<TabPanel value="changes" className="min-h-0">
				<FilesBeside reader={reader} result={result} />
			</TabPanel>
			{result.tests && (
				<TabPanel value="tests" className="overflow-y-auto p-5">
					<Tests result={result} startOpen />
				</TabPanel>
			)}
			{result.transcript && (
				<TabPanel value="conversation" className="overflow-y-auto py-4">
					<Conversation reader={reader} transcript={result.transcript} />
				</TabPanel>
			)}
		</Tabs>
	);
}
