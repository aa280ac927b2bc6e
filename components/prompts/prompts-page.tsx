"use client";

import { useQuery } from "@tanstack/react-query";
import { BookText, FileUp, FolderDown, Plus } from "lucide-react";
import { useState } from "react";
import { PageHead } from "../shell/page-head";
import { useViewer } from "../shell/viewer-context";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { Button } from "../ui/button";
import { cn } from "../ui/class-names";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { GuardedButton } from "../ui/guarded";
import { SkeletonRows } from "../ui/skeleton";
import { ImportPrompts } from "./import-prompts";
import { NewPromptDialog } from "./new-prompt-dialog";
import { PromptList } from "./prompt-list";
import { PromptScreen } from "./prompt-screen";

/** The prompts of a team, and the chosen one beside them. */
export function PromptsPage({ chosen }: { chosen?: string }) {
	const { team } = useViewer();
	const whyNot = useWhyNot("prompt:edit");
	const [asking, setAsking] = useState<"new" | "import" | null>(null);
	const list = useQuery(useTRPC().prompts.list.queryOptions({ team: team.slug }, { staleTime: 0 }));
	const isEmpty = list.data?.length === 0 && chosen === undefined;
	const dialogs = (
		<>
			{asking === "new" && <NewPromptDialog onClose={() => setAsking(null)} />}
			{asking === "import" && <ImportPrompts onClose={() => setAsking(null)} />}
		</>
	);
	const buttons = (
		<>
			<GuardedButton whyNot={whyNot} onClick={() => setAsking("import")}>
				<FileUp />
				Import files
			</GuardedButton>
			<GuardedButton intent="primary" whyNot={whyNot} onClick={() => setAsking("new")}>
				<Plus />
				New prompt
			</GuardedButton>
		</>
	);
	return (
		<>
			<div className={cn("contents", chosen !== undefined && "phone:hidden")}>
				<PageHead
					title="Prompts"
					count={list.data?.length}
					actions={
						<>
							{list.data && list.data.length > 0 && (
								<Button asChild intent="ghost" className="phone:hidden">
									<a href={`/api/prompts/zip?team=${encodeURIComponent(team.slug)}`} download>
										<FolderDown />
										Export all
									</a>
								</Button>
							)}
							{!isEmpty && buttons}
						</>
					}
				/>
			</div>
			{isEmpty ? (
				<EmptyState
					picture={<BookText aria-hidden="true" className="size-6 text-ink-3" />}
					title="No prompts yet"
					className="pt-20"
					action={buttons}
				>
					A prompt is Markdown with variables, kept in versions. Steps that ask a model use it by its name, so that it
					is written once for all workflows.
				</EmptyState>
			) : (
				<div className="flex min-h-0 flex-1">
					<div
						className={cn(
							"flex w-62 flex-none flex-col border-line border-r phone:w-full phone:border-r-0",
							chosen !== undefined && "phone:hidden",
						)}
					>
						{list.isPending && <SkeletonRows rows={8} rowClassName="h-12" label="Loading prompts" />}
						{list.error && (
							<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
								{errorText(list.error)}
							</ErrorRow>
						)}
						{list.data && <PromptList prompts={list.data} chosen={chosen} />}
					</div>
					{chosen === undefined ? (
						<EmptyState title="Choose a prompt" className="min-w-0 flex-1 content-start pt-20 phone:hidden">
							Its text, a preview on sample data, its versions and the workflows that use it are shown here.
						</EmptyState>
					) : (
						<PromptScreen key={chosen} name={chosen} />
					)}
				</div>
			)}
			{dialogs}
		</>
	);
}
