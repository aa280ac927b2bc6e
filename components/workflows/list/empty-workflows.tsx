"use client";

import { FileUp, LayoutTemplate, type LucideIcon, Workflow } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useWhyNot } from "../../shell/why-not";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import { GuardedButton } from "../../ui/guarded";
import { IconTile } from "../../ui/icon-tile";

function EdgesPicture() {
	return (
		<svg
			width="176"
			height="72"
			viewBox="0 0 176 72"
			aria-hidden="true"
			className="mb-2 fill-none stroke-line-strong"
			strokeWidth="1.5"
		>
			<rect x="1" y="22" width="44" height="28" rx="6" strokeDasharray="4 4" />
			<path d="M45 36h13q6 0 6-6v-8q0-6 6-6h14M58 36q6 0 6 6v8q0 6 6 6h14" />
			<rect x="84" y="2" width="44" height="28" rx="6" strokeDasharray="4 4" />
			<rect x="84" y="42" width="44" height="28" rx="6" strokeDasharray="4 4" />
			<path className="stroke-accent" d="M128 16h12q6 0 6 6v8q0 6 6 6h22M128 56h12q6 0 6-6v-8q0-6 6-6" />
		</svg>
	);
}

interface EmptyWorkflowsProps {
	team: string;
	onImport: () => void;
	onCreate: () => void;
}

/** A team without workflows: what one is, and how the first one comes here. */
export function EmptyWorkflows({ team, onImport, onCreate }: EmptyWorkflowsProps) {
	const whyNot = useWhyNot("workflow:edit");
	return (
		<div className="flex flex-1 flex-col items-center justify-center pb-8">
			<EmptyState picture={<EdgesPicture />} title="No workflows yet" className="max-w-[600px] pb-4">
				A workflow is a set of connected steps, and what starts them.
			</EmptyState>
			<div className="grid w-full max-w-[600px] gap-2 px-5 text-center phone:px-4">
				<Way
					category="flow"
					Icon={Workflow}
					title="Draw a workflow"
					text="From an empty canvas, a step at a time."
					action={
						<GuardedButton intent="primary" whyNot={whyNot} onClick={onCreate}>
							New workflow
						</GuardedButton>
					}
				/>
				<Way
					category="people"
					Icon={LayoutTemplate}
					title="Begin with a template"
					text="Sixteen that run at once, without a key."
					action={
						<Button asChild>
							<Link href={`/${team}/templates`}>Templates</Link>
						</Button>
					}
				/>
				<Way
					category="data"
					Icon={FileUp}
					title="Import a workflow"
					text="From a file, or from text that you paste."
					action={
						<GuardedButton whyNot={whyNot} onClick={onImport}>
							Import YAML
						</GuardedButton>
					}
				/>
				{whyNot === undefined && (
					<p className="mt-3 text-12 text-ink-3 phone:hidden">
						Or drop a <code>.workflow.yml</code> anywhere on this page.
					</p>
				)}
			</div>
		</div>
	);
}

interface WayProps {
	category: "flow" | "people" | "data";
	Icon: LucideIcon;
	title: string;
	text: string;
	action: ReactNode;
}

function Way({ category, Icon, title, text, action }: WayProps) {
	return (
		<div className="flex items-center gap-3.5 rounded-3 border border-line bg-panel py-3 pr-3 pl-3.5 text-left shadow-1">
			<IconTile category={category}>
				<Icon aria-hidden="true" />
			</IconTile>
			<div className="min-w-0 flex-1">
				<div className="font-medium">{title}</div>
				<div className="text-12 text-ink-3">{text}</div>
			</div>
			{action}
		</div>
	);
}
