"use client";

import { CircleAlert, CloudCheck, CloudOff, GitMerge, type LucideIcon, PencilLine, RefreshCw } from "lucide-react";
import { useStore } from "zustand";
import { cn } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import type { SavingView } from "./draft-session";
import type { DraftSaving } from "./use-draft-saving";

interface SaveStateProps {
	saving: DraftSaving;
	/** Changes in the YAML that are not applied yet. */
	unapplied?: number;
	/** Opens the merge of both drafts. */
	onMerge?: () => void;
	/** Both drafts are being merged just now. */
	isMerging?: boolean;
}

/** Where the draft stands, always in view: saved, being saved, kept in this browser, or waiting to be merged. */
export function SaveState({ saving, unapplied = 0, onMerge, isMerging = false }: SaveStateProps) {
	const view = useStore(saving.store);
	const { Icon, text, help, tone } = explainView(view, { unapplied, isMerging });
	const canMerge = view.saving.phase.name === "conflict" && !isMerging && onMerge;
	const content = (
		<>
			<Icon aria-hidden="true" className="size-3.5 flex-none" />
			<span className={cn("truncate", tone === "quiet" && "sm:max-lg:sr-only")}>{text}</span>
		</>
	);
	return (
		<div className="flex min-w-0 pl-1">
			<span role="status" className="sr-only">
				{tone === "quiet" ? "" : `${text}. ${help}`}
			</span>
			<Tooltip label={help}>
				{canMerge ? (
					<button
						type="button"
						className={cn(shape, "rounded-2 font-medium underline-offset-2 hover:underline phone:h-11", TONES[tone])}
						onClick={onMerge}
					>
						{content}
					</button>
				) : (
					<span className={cn(shape, TONES[tone])}>{content}</span>
				)}
			</Tooltip>
		</div>
	);
}

const shape = "inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap text-12 tabular-nums";

const TONES = { quiet: "text-ink-3", warn: "text-retrying", bad: "text-failed" };

interface Description {
	Icon: LucideIcon;
	text: string;
	/** What it means for the edits. */
	help: string;
	tone: keyof typeof TONES;
}

interface LaunchContext {
	unapplied: number;
	isMerging: boolean;
}

function explainView({ saving, isKept }: SavingView, { unapplied, isMerging }: LaunchContext): Description {
	const { phase, base } = saving;
	if (phase.name === "conflict" && isMerging) {
		const { revision } = phase.theirs;
		return { Icon: GitMerge, text: `Merging into revision ${revision}`, help: KEPT, tone: "quiet" };
	}
	if (!isKept && phase.name !== "saved" && phase.name !== "saving") return NOT_KEPT;
	if (phase.name === "saved" && unapplied > 0) {
		const text = unapplied === 1 ? "1 change not applied" : `${unapplied} changes not applied`;
		return { Icon: PencilLine, text, help: "Apply or discard your changes in the YAML.", tone: "quiet" };
	}
	switch (phase.name) {
		case "saved":
			return {
				Icon: CloudCheck,
				text: `Saved · revision ${base.revision}`,
				help: "Every edit is saved. Runs use it once you publish.",
				tone: "quiet",
			};
		case "edited":
		case "saving":
			return { Icon: RefreshCw, text: "Saving", help: KEPT, tone: "quiet" };
		case "offline":
			return { Icon: CloudOff, text: "Offline, kept in this browser", help: OFFLINE, tone: "warn" };
		case "conflict":
			return {
				Icon: GitMerge,
				text: "Somebody saved first",
				help: "Merge both drafts. Nothing is lost.",
				tone: "warn",
			};
		case "refused":
			return { Icon: CircleAlert, text: "Not saved", help: `${phase.message} ${KEPT}`, tone: "bad" };
	}
}

const KEPT = "Your edits are kept in this browser.";
const OFFLINE = "The server does not answer. Your edits are saved when it is back, also after this tab was closed.";

const NOT_KEPT: Description = {
	Icon: CircleAlert,
	text: "Not saved, keep this tab open",
	help: "Your last edits are not saved, and this browser cannot keep them.",
	tone: "bad",
};
