"use client";

import { useQuery } from "@tanstack/react-query";
import { Activity, BookText, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { useTRPC } from "@/components/trpc/client";
import { Chip } from "@/components/ui/chip";
import { useModKey } from "@/components/ui/hooks/use-mod-key";
import { Kbd } from "@/components/ui/kbd";
import { catalog, definitionOf } from "@/server/nodes/catalog";
import { useShowNode } from "../canvas/show-node";
import { useEditorSession, useSessionState } from "../editor-session";
import { findTypes } from "../insert/find-types";
import { categoryTitle } from "../insert/suggest-next";
import { useAddFromPalette } from "../insert/use-add-from-palette";
import { matchesSearch } from "../search/match-search";
import { SearchDialog } from "../search/search-dialog";
import { RowNote, SearchGroup, SearchList, SearchRow } from "../search/search-list";
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
		<SearchDialog
			isOpen={open}
			onClose={close}
			title="Commands"
			isTitleHidden
			isWide
			onCloseAutoFocus={() => {
				const run = next.current;
				next.current = null;
				// After the focus is back where it was: an action means the step that has it.
				if (run) setTimeout(run);
			}}
		>
			<Commands {...props} onChoose={choose} />
		</SearchDialog>
	);
}

type Choose = (run: () => void) => void;

function Commands({ team, slug, name, onChoose }: CommandPaletteProps & { onChoose: Choose }) {
	const [search, setSearch] = useState("");
	const actions = useActions().filter(({ title }) => matchesSearch(title, search));
	return (
		<SearchList
			label="Commands"
			placeholder="What do you want to do?"
			search={search}
			onSearch={setSearch}
			end={
				<Chip className="max-w-48 phone:hidden">
					<Workflow aria-hidden="true" />
					<span className="truncate">{name}</span>
				</Chip>
			}
			empty={`Nothing matches “${search}”.`}
			keys={KEYS}
		>
			{GROUPS.map((group) => (
				<SearchGroup key={group} title={group}>
					{actions
						.filter((action) => action.group === group)
						.map((action) => (
							<ActionRow key={action.id} action={action} search={search} onChoose={onChoose} />
						))}
				</SearchGroup>
			))}
			<AddGroup search={search} onChoose={onChoose} />
			<StepGroup search={search} onChoose={onChoose} />
			<WorkflowGroup team={team} slug={slug} search={search} onChoose={onChoose} />
		</SearchList>
	);
}

const KEYS = [
	[["↑", "↓"], "choose"],
	[["↵"], "do it"],
	[["?"], "all keys"],
] as const;

const GROUPS = ["On this workflow", "Steps", "Edit", "View"] as const;

function ActionRow({ action, search, onChoose }: { action: Action; search: string; onChoose: Choose }) {
	const modKey = useModKey();
	const { id, title, Icon, keys, reason, refusal, run } = action;
	const why = reason?.();
	return (
		<SearchRow
			value={`action ${id}`}
			icon={<Icon aria-hidden="true" />}
			text={title}
			search={search}
			disabled={why !== undefined}
			onSelect={() => onChoose(() => run())}
		>
			{why !== undefined && <RowNote className={refusal && "max-w-[60%] whitespace-normal leading-4"}>{why}</RowNote>}
			{keys !== undefined && (
				<span className="flex gap-1">
					{keyCaps(keys, modKey).map((cap) => (
						<Kbd key={cap}>{cap}</Kbd>
					))}
				</span>
			)}
		</SearchRow>
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
		<SearchGroup title="Add a step">
			{types.map((type) => (
				<SearchRow
					key={type}
					value={`add ${type}`}
					icon={<NodeIcon name={catalog[type].icon} />}
					text={catalog[type].title}
					search={search}
					onSelect={() => onChoose(() => add(type))}
				>
					<RowNote>{categoryTitle(catalog[type].category)}</RowNote>
				</SearchRow>
			))}
		</SearchGroup>
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
	const found = search.trim() === "" ? [] : nodes.filter(({ name }) => matchesSearch(name, search)).slice(0, MAX_COUNT);
	return (
		<SearchGroup title="Go to a step">
			{found.map(({ id, name, type }) => (
				<SearchRow
					key={id}
					value={`step ${id}`}
					icon={<NodeIcon name={definitionOf(type)?.icon ?? "box"} />}
					text={name}
					search={search}
					onSelect={() => onChoose(() => go(id))}
				>
					<span className="truncate font-mono text-11 text-ink-3">{id}</span>
				</SearchRow>
			))}
		</SearchGroup>
	);
}

function WorkflowGroup({ team, slug, search, onChoose }: SearchedProps & { team: string; slug: string }) {
	const trpc = useTRPC();
	const router = useRouter();
	const { data = [] } = useQuery(trpc.workflows.list.queryOptions({ team, archived: false }));
	const found = data.filter((one) => one.slug !== slug && search.trim() !== "" && matchesSearch(one.name, search));
	const base = `/${team}/workflows`;
	const pages = [
		{ href: `${base}/${slug}?tab=runs`, title: "Runs of this workflow", Icon: Activity },
		{ href: base, title: "All workflows", Icon: Workflow },
		{ href: `/${team}/prompts`, title: "Prompts", Icon: BookText },
		...found.slice(0, MAX_COUNT).map((one) => ({ href: `${base}/${one.slug}`, title: one.name, Icon: Workflow })),
	].filter(({ title }) => matchesSearch(title, search));
	return (
		<SearchGroup title="Go to">
			{pages.map(({ href, title, Icon }) => (
				<SearchRow
					key={href}
					value={`go ${href}`}
					icon={<Icon aria-hidden="true" />}
					text={title}
					search={search}
					onSelect={() => onChoose(() => router.push(href))}
				/>
			))}
		</SearchGroup>
	);
}

/** Rows of one group at most, so that the next group stays in view. */
const MAX_COUNT = 6;
