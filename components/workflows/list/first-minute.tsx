"use client";

import { useQuery } from "@tanstack/react-query";
import { LayoutTemplate, Play, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useWhyNot } from "../../shell/why-not";
import { useTRPC } from "../../trpc/client";
import { Button } from "../../ui/button";
import { GuardedButton } from "../../ui/guarded";
import { IconButton } from "../../ui/icon-button";
import { Skeleton } from "../../ui/skeleton";
import { PlanThumbnail, ThumbnailSkeleton } from "./plan-thumbnail";
import type { WorkflowItem } from "./workflow-item";

interface FirstMinuteProps {
	team: string;
	starter: WorkflowItem;
	/** A workflow that asks a person, when the team has the one that comes with Weft. */
	approval?: WorkflowItem;
	onRun: (workflow: WorkflowItem) => void;
	onImport: () => void;
	onDismiss: () => void;
}

const FRAME = "mx-5 my-4 flex-none overflow-hidden rounded-4 border border-line bg-panel shadow-1 phone:mx-4";
const LINK = "rounded-1 text-accent underline phone:inline-flex phone:min-h-11 phone:items-center";
const COLUMNS = "grid xl:grid-cols-[512px_1fr]";

/** The card while it is not known yet what it offers, with its height. */
export function FirstMinuteSkeleton() {
	return (
		<div aria-hidden="true" className={FRAME}>
			<div className="flex h-11 items-center border-line-soft border-b pl-4">
				<Skeleton className="w-28" />
			</div>
			<div className={COLUMNS}>
				<div className="border-line-soft p-4 xl:border-r">
					<div className="mb-3 h-[178px] rounded-3 border border-line bg-canvas phone:hidden" />
					<div className="flex h-9 items-center phone:h-[92px]">
						<Skeleton className="w-44" />
					</div>
				</div>
				<div className="grid">
					{NEXT.map((width) => (
						<div
							key={width}
							className="flex min-h-[72px] items-center gap-3 border-line-soft px-4 max-xl:border-t phone:min-h-[77px] [&+div]:border-t"
						>
							<Skeleton className="size-5 rounded-full" />
							<Skeleton className={width} />
						</div>
					))}
					<div className="flex min-h-11 items-center border-line-soft border-t px-4">
						<Skeleton className="w-36" />
					</div>
				</div>
			</div>
		</div>
	);
}

const NEXT = ["w-40", "w-32", "w-44"];

/** What to do first: run the starter, then three things that come next. Gone for good once put away. */
export function FirstMinute({ team, starter, approval, onRun, onImport, onDismiss }: FirstMinuteProps) {
	const whyNotEdit = useWhyNot("workflow:edit");
	const mayInvite = useWhyNot("member:manage") === undefined;
	const steps: NextStepProps[] = [
		{
			title: "Add a credential",
			text: "Steps read it as a reference. It stays on this server and is never shown again.",
			action: (
				<Button asChild>
					<Link href={`/${team}/settings/credentials`}>Add one</Link>
				</Button>
			),
		},
		{
			title: "Bring your own workflow",
			text: "Choose, drop or paste a .workflow.yml.",
			action: (
				<GuardedButton whyNot={whyNotEdit} onClick={onImport}>
					Import
				</GuardedButton>
			),
		},
	];
	if (approval) {
		steps.unshift({
			title: "Run one with an approval",
			text: `${approval.name} waits until you approve or decline.`,
			action: (
				<Button asChild>
					<Link href={`/${team}/workflows/${approval.slug}`}>Open</Link>
				</Button>
			),
		});
	}
	return (
		<section aria-label="Get started" className={FRAME}>
			<div className="flex h-11 items-center gap-2 border-line-soft border-b pr-2 pl-4">
				<h2 className="font-semibold">Get started</h2>
				<IconButton label="Dismiss" size="panel" className="ml-auto" onClick={onDismiss}>
					<X />
				</IconButton>
			</div>
			<div className={COLUMNS}>
				<StarterCard team={team} starter={starter} onRun={onRun} />
				<ol className="grid">
					{steps.map((step, position) => (
						<NextStep key={step.title} {...step} number={position + 1} />
					))}
					<li className="flex min-h-11 items-center gap-2 border-line-soft border-t px-4 text-12 text-ink-3">
						<LayoutTemplate aria-hidden="true" className="size-4 flex-none" />
						<span>
							Or begin with{" "}
							<Link href={`/${team}/templates`} className={LINK}>
								a template
							</Link>
							{mayInvite && (
								<>
									, or{" "}
									<Link href={`/${team}/settings/members`} className={LINK}>
										invite your colleagues
									</Link>
								</>
							)}
						</span>
					</li>
				</ol>
			</div>
		</section>
	);
}

function StarterCard({ team, starter, onRun }: Pick<FirstMinuteProps, "team" | "starter" | "onRun">) {
	const trpc = useTRPC();
	const detail = useQuery(trpc.workflows.get.queryOptions({ team, slug: starter.slug }));
	const whyNot = useWhyNot("run:start");
	return (
		<div className="border-line-soft p-4 xl:border-r">
			{!detail.isError && (
				<div className="mb-3 h-[178px] overflow-hidden rounded-3 border border-line bg-[radial-gradient(circle_at_1px_1px,var(--canvas-dot)_1px,transparent_1.2px)] bg-[size:20px_20px] bg-canvas phone:hidden">
					{detail.data ? <PlanThumbnail plan={detail.data.plan} /> : <ThumbnailSkeleton />}
				</div>
			)}
			<div className="flex items-center gap-3 phone:flex-wrap">
				<div className="min-w-0 flex-1 phone:flex-none phone:basis-full">
					<div className="font-semibold">{starter.name}: no key needed</div>
					<div className="text-12 text-ink-3">Takes less than 20 seconds.</div>
				</div>
				<Button asChild size="form">
					<Link href={`/${team}/workflows/${starter.slug}`}>Open</Link>
				</Button>
				<GuardedButton intent="primary" size="form" whyNot={whyNot} onClick={() => onRun(starter)}>
					<Play />
					Run it
				</GuardedButton>
			</div>
		</div>
	);
}

interface NextStepProps {
	title: string;
	text: string;
	action: ReactNode;
}

function NextStep({ number, title, text, action }: NextStepProps & { number: number }) {
	return (
		<li className="flex min-h-[72px] items-center gap-3 border-line-soft px-4 py-2 max-xl:border-t [&+li]:border-t">
			<span
				aria-hidden="true"
				className="grid size-5 flex-none place-items-center rounded-full border border-field font-semibold text-11 text-ink-2 tabular-nums"
			>
				{number}
			</span>
			<div className="min-w-0 flex-1">
				<div className="font-medium">{title}</div>
				<div className="text-12 text-ink-3">{text}</div>
			</div>
			{action}
		</li>
	);
}
