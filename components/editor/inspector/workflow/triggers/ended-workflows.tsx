"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, Plus, X } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { ErrorRow } from "@/components/ui/error-row";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSearch } from "@/components/ui/menu";
import { MAX_ENDED_WORKFLOWS } from "@/server/triggers/workflow-ended/definition";
import { FieldFrame } from "../../fields/field-frame";
import { useInspector } from "../../inspector-context";

interface EndedWorkflowsProps {
	/** By their slugs; none: all but the workflow's own. */
	slugs: readonly string[];
	onWrite: (slugs: string[]) => void;
}

/** Whose ends start runs: workflows of the team, chosen by their names. */
export function EndedWorkflows({ slugs, onWrite }: EndedWorkflowsProps) {
	const { team } = useInspector();
	const list = useQuery(useTRPC().workflows.list.queryOptions({ team, archived: false }));
	const known = list.data ?? [];
	const addable = known.filter(({ slug }) => !slugs.includes(slug));
	return (
		<FieldFrame
			label="Workflows"
			group
			issues={[]}
			help="A workflow that is named here may start itself, 25 times in a row at most."
		>
			{() => (
				<div className="grid gap-1.5">
					{slugs.length === 0 && <p className="text-ink-2">Any but this one</p>}
					<ul className="grid gap-1 empty:hidden">
						{slugs.map((slug) => (
							<Chosen
								key={slug}
								slug={slug}
								name={known.find((workflow) => workflow.slug === slug)?.name}
								isRead={list.data !== undefined}
								onRemove={() => onWrite(slugs.filter((each) => each !== slug))}
							/>
						))}
					</ul>
					{list.error && !list.data ? (
						<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
							{errorText(list.error)}
						</ErrorRow>
					) : (
						slugs.length < MAX_ENDED_WORKFLOWS && (
							<AddWorkflow workflows={addable} onAdd={(slug) => onWrite([...slugs, slug])} />
						)
					)}
				</div>
			)}
		</FieldFrame>
	);
}

interface ChosenProps {
	slug: string;
	/** Undefined for one that is not there. */
	name: string | undefined;
	isRead: boolean;
	onRemove: () => void;
}

function Chosen({ slug, name, isRead, onRemove }: ChosenProps) {
	return (
		<li className="rounded-2 border border-line py-0.5 pr-0.5 pl-2.5">
			<span className="flex min-w-0 items-center gap-2">
				<span className="min-w-0 flex-1 truncate">{name ?? slug}</span>
				<IconButton label={`Take ${name ?? slug} away`} size="panel" onClick={onRemove}>
					<X />
				</IconButton>
			</span>
			{isRead && name === undefined && (
				<p className="flex gap-1.5 pb-1.5 text-12 text-retrying">
					<CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
					No workflow of this address is in the team now.
				</p>
			)}
		</li>
	);
}

interface Listed {
	slug: string;
	name: string;
}

/** More than fit a menu are sought by name. */
const SEARCHED = 8;

function AddWorkflow({ workflows, onAdd }: { workflows: readonly Listed[]; onAdd: (slug: string) => void }) {
	const [sought, setSought] = useState("");
	const words = sought.trim().toLowerCase();
	const found = workflows.filter(({ name, slug }) => `${name} ${slug}`.toLowerCase().includes(words));
	return (
		<Menu
			align="start"
			onOpenChange={() => setSought("")}
			trigger={
				<Button className="justify-self-start">
					<Plus />
					Add a workflow
				</Button>
			}
		>
			{workflows.length > SEARCHED && <MenuSearch label="Find a workflow" value={sought} onChange={setSought} />}
			{found.map(({ slug, name }) => (
				<MenuItem key={slug} sought={workflows.length > SEARCHED} onSelect={() => onAdd(slug)}>
					<span className="max-w-80 truncate">{name}</span>
				</MenuItem>
			))}
			{found.length === 0 && <p className="px-2 py-1.5 text-ink-3">There is no other workflow in the team.</p>}
		</Menu>
	);
}
