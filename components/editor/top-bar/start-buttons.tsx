"use client";

import { FlaskConical, Play } from "lucide-react";
import type { ReactNode } from "react";
import type { Outputs } from "@/components/trpc/types";
import { cn } from "@/components/ui/class-names";
import { GuardedButton } from "@/components/ui/guarded";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { Kbd } from "@/components/ui/kbd";
import { useAction } from "../actions/actions-context";
import { useSessionState } from "../editor-session";
import { useEditor } from "../editor-store";
import { useIssueCount } from "./use-issue-count";

interface StartButtonsProps {
	draft: Pick<Outputs["workflows"]["draft"], "version">;
	busy: boolean;
}

/** Publish; test what is drawn; run what is published. While nothing is published there is only the test. */
export function StartButtons({ draft: { version }, busy }: StartButtonsProps) {
	// Its problems and whether it is empty decide what can be done: whatever changes them draws the buttons anew.
	useIssueCount("error");
	useEditor(({ plan }) => plan.nodes.length === 0);
	useSessionState(({ proposed }) => proposed !== null);
	const modKey = useModKey();
	const isNew = version === null;
	return (
		<>
			<StartButton id="publish" help="Make this draft the version that runs">
				Publish
			</StartButton>
			{!isNew && (
				<StartButton id="test" help="Run the draft as it is, without publishing it" busy={busy}>
					<FlaskConical />
					Test
				</StartButton>
			)}
			<StartButton
				id="run"
				help={isNew ? "Run the draft as it is" : `Run version ${version}, the published one`}
				busy={busy}
				isPrimary
			>
				<Play />
				{isNew ? "Test" : `Run v${version}`}
				<Kbd onAccent className="-mr-1 max-lg:hidden">
					{modKey}↵
				</Kbd>
			</StartButton>
		</>
	);
}

interface StartButtonProps {
	id: "publish" | "test" | "run";
	help: string;
	busy?: boolean;
	isPrimary?: boolean;
	children: ReactNode;
}

function StartButton({ id, help, busy = false, isPrimary = false, children }: StartButtonProps) {
	const action = useAction(id);
	const why = action?.reason?.();
	return (
		<GuardedButton
			intent={isPrimary ? "primary" : "secondary"}
			className={cn(!action && "invisible")}
			hint={help}
			whyNot={why === undefined ? undefined : why.charAt(0).toUpperCase() + why.slice(1)}
			disabled={!action}
			busy={busy}
			onClick={() => action?.run()}
		>
			{children}
		</GuardedButton>
	);
}
