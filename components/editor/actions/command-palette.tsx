"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Activity, Search, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { NodeIcon } from "@/components/canvas/node-icon";
import { useTRPC } from "@/components/trpc/client";
import { Chip } from "@/components/ui/chip";
import { Kbd } from "@/components/ui/kbd";
import { useModKey } from "@/components/ui/use-mod-key";
import { catalog, definitionOf } from "@/server/nodes/catalog";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { findTypes } from "../insert/find-types";
import { categoryTitle } from "../insert/suggest-next";
import { useAddFromPalette } from "../insert/use-add-from-palette";
import { MarkedText } from "../marked-text";
import type { Action } from "./action";
import { useActions } from "./actions-context";
import { keyCaps } from "./keys";

interface CommandPaletteProps {
	team: string;
	slug: string;
	name: string;
}

/** Every action with its key, every type of step, every step, and the other workflows. */
export function CommandPalette(props: CommandPaletteProps) {
	const open = useSessionState((state) => state.commanding);
	const { state } = useEditorSession();
	const next = useRef<(() => void) | null>(null);
	const close = () => state.setState({ commanding: false });
	const choose = (run: () => void) => {
		next.current = run;
		close();
	};
	return (
		<Dialog.Root open={open} onOpenChange={(isOpen) => state.setState({ commanding: isOpen })}>
			<Dialog.Portal>
				<Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-(--scrim)" />
				<Dialog.Content
					aria-describedby={undefined}
					className="fixed top-28 left-1/2 z-40 w-[min(600px,calc(100vw-16px))] -translate-x-1/2 animate-fade overflow-hidden rounded-4 border border-line bg-panel shadow-3 outline-none phone:top-2"
					onCloseAutoFocus={() => {
						const run = next.current;
						next.current = null;
						// After the focus is back where it was: an action means the step that has it.
						if (run) setTimeout(run);
					}}
				>
					<Dialog.Title className="sr-only">Commands</Dialog.Title>
					<Commands {...props} onChoose={choose} />
				</Dialog.Content>
			</Dialog.Portal>
		</Dialog.Root>
	);
}

type Choose = (run: () => void) => void;

function Commands({ team, slug, name, onChoose }: CommandPaletteProps & { onChoose: Choose }) {
	const [search, setSearch] = useState("");
	const actions = useActions().filter(({ title }) => matches(title, search));
	return (
		<Command label="Commands" shouldFilter={false} loop>
			<div className="flex h-[52px] items-center gap-3 border-line border-b px-4">
				<Search aria-hidden="true" className="size-4 flex-none text-ink-3" />
				<Command.Input
					autoFocus
					value={search}
					onValueChange={setSearch}
					placeholder="What do you want to do?"
					className="min-w-0 flex-1 bg-transparent text-[14px] outline-none"
				/>
				<Chip className="max-w-48 phone:hidden">
					<Workflow aria-hidden="true" />
					<span className="truncate">{name}</span>
				</Chip>
			</div>
			<Command.List className="max-h-[min(412px,calc(100dvh-216px))] overflow-y-auto px-2 pb-2">
				<Command.Empty className="px-2 py-4 text-ink-3">Nothing matches “{search}”.</Command.Empty>
				{GROUPS.map((group) => (
					<Group key={group} title={group}>
						{actions
							.filter((action) => action.group === group)
							.map((action) => (
								<ActionRow key={action.id} action={action} search={search} onChoose={onChoose} />
							))}
					</Group>
				))}
				<AddGroup search={search} onChoose={onChoose} />
				<StepGroup search={search} onChoose={onChoose} />
				<WorkflowGroup team={team} slug={slug} search={search} onChoose={onChoose} />
			</Command.List>
			<div className="flex h-9 items-center gap-4 border-line border-t bg-page px-4 text-11 text-ink-3 phone:hidden">
				<span className="flex items-center gap-1.5">
					<Kbd>↑</Kbd>
					<Kbd>↓</Kbd>choose
				</span>
				<span className="flex items-center gap-1.5">
					<Kbd>↵</Kbd>do it
				</span>
				<span className="ml-auto flex items-center gap-1.5">
					<Kbd>?</Kbd>all keys
				</span>
			</div>
		</Command>
	);
}

const GROUPS = ["On this workflow", "Steps", "Edit", "View"] as const;

function Group({ title, children }: { title: string; children: ReactNode[] }) {
	if (children.length === 0) return null;
	return (
		<Command.Group
			heading={title}
			className="[&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:pt-3 [&>[cmdk-group-heading]]:pb-1.5 [&>[cmdk-group-heading]]:font-medium [&>[cmdk-group-heading]]:text-11 [&>[cmdk-group-heading]]:text-ink-3"
		>
			{children}
		</Command.Group>
	);
}

function ActionRow({ action, search, onChoose }: { action: Action; search: string; onChoose: Choose }) {
	const modKey = useModKey();
	const { id, title, Icon, keys, reason, run } = action;
	const why = reason?.();
	return (
		<Row value={`action ${id}`} disabled={why !== undefined} onSelect={() => onChoose(run)}>
			<Icon aria-hidden="true" />
			<MarkedText text={title} search={search} />
			{why !== undefined && <span className="text-12 text-ink-3">{why}</span>}
			{keys !== undefined && (
				<span className="ml-auto flex gap-1">
					{keyCaps(keys, modKey).map((cap) => (
						<Kbd key={cap}>{cap}</Kbd>
					))}
				</span>
			)}
		</Row>
	);
}

interface SearchedProps {
	search: string;
	onChoose: Choose;
}

function AddGroup({ search, onChoose }: SearchedProps) {
	const add = useAddFromPalette();
	const types = search.trim() === "" ? [] : findTypes(search).slice(0, MAX_COUNT);
	return (
		<Group title="Add a step">
			{types.map((type) => (
				<Row key={type} value={`add ${type}`} onSelect={() => onChoose(() => add(type))}>
					<NodeIcon name={catalog[type].icon} />
					<MarkedText text={catalog[type].title} search={search} />
					<span className="text-12 text-ink-3">{categoryTitle(catalog[type].category)}</span>
				</Row>
			))}
		</Group>
	);
}

/** Steps of this workflow by name. */
function StepGroup({ search, onChoose }: SearchedProps) {
	const { editor } = useEditorSession();
	const show = useShowNode();
	const go = (id: string) => {
		editor.getState().select({ nodes: [id] });
		show(id);
	};
	const { nodes } = editor.getState().plan;
	const found = search.trim() === "" ? [] : nodes.filter(({ name }) => matches(name, search)).slice(0, MAX_COUNT);
	return (
		<Group title="Go to a step">
			{found.map(({ id, name, type }) => (
				<Row key={id} value={`step ${id}`} onSelect={() => onChoose(() => go(id))}>
					<NodeIcon name={iconOf(type)} />
					<MarkedText text={name} search={search} />
					<span className="truncate font-mono text-11 text-ink-3">{id}</span>
				</Row>
			))}
		</Group>
	);
}

function WorkflowGroup({ team, slug, search, onChoose }: SearchedProps & { team: string; slug: string }) {
	const trpc = useTRPC();
	const router = useRouter();
	const { data = [] } = useQuery(trpc.workflows.list.queryOptions({ team, archived: false }));
	const found = data.filter((one) => one.slug !== slug && search.trim() !== "" && matches(one.name, search));
	const base = `/${team}/workflows`;
	const pages = [
		{ href: `${base}/${slug}?tab=runs`, title: "Runs of this workflow", Icon: Activity },
		{ href: base, title: "All workflows", Icon: Workflow },
		...found.slice(0, MAX_COUNT).map((one) => ({ href: `${base}/${one.slug}`, title: one.name, Icon: Workflow })),
	].filter(({ title }) => matches(title, search));
	return (
		<Group title="Go to">
			{pages.map(({ href, title, Icon }) => (
				<Row key={href} value={`go ${href}`} onSelect={() => onChoose(() => router.push(href))}>
					<Icon aria-hidden="true" />
					<MarkedText text={title} search={search} />
				</Row>
			))}
		</Group>
	);
}

/** Rows of one group at most, so that the next group stays in view. */
const MAX_COUNT = 6;

interface RowProps {
	value: string;
	disabled?: boolean;
	onSelect: () => void;
	children: ReactNode;
}

function Row({ value, disabled = false, onSelect, children }: RowProps) {
	return (
		<Command.Item
			value={value}
			disabled={disabled}
			onSelect={onSelect}
			className="flex h-8 cursor-pointer items-center gap-2.5 rounded-2 px-2 aria-disabled:cursor-default aria-disabled:text-(--ink-off) aria-selected:bg-fill phone:h-11 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-2"
		>
			{children}
		</Command.Item>
	);
}

function matches(text: string, search: string): boolean {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	return words.every((word) => text.toLowerCase().includes(word));
}

function iconOf(type: string): string {
	return definitionOf(type)?.icon ?? "box";
}
