"use client";

import { useQuery } from "@tanstack/react-query";
import { FileUp, LayoutGrid, LayoutTemplate, Sparkles, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { countOf } from "@/server/nodes/summary-text";
import { matchesSearch } from "../../editor/search/match-search";
import { SearchDialog } from "../../editor/search/search-dialog";
import { RowNote, SearchGroup, SearchList, SearchRow } from "../../editor/search/search-list";
import { useTRPC } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";
import type { Outputs } from "../../trpc/types";
import { ErrorRow } from "../../ui/error-row";

interface NewWorkflowDialogProps {
	team: string;
	isOpen: boolean;
	onClose: () => void;
	onBlank: () => void;
	onDescribe: () => void;
	onImport: () => void;
}

/** What a new workflow begins with. Enter alone takes an empty canvas. */
export function NewWorkflowDialog({ isOpen, onClose, ...choices }: NewWorkflowDialogProps) {
	const next = useRef<(() => void) | null>(null);
	return (
		<SearchDialog
			isOpen={isOpen}
			onClose={onClose}
			title="New workflow"
			isWide
			onCloseAutoFocus={() => {
				const go = next.current;
				next.current = null;
				// After the focus is back where it was: what comes next may be a dialog of its own.
				if (go) setTimeout(go);
			}}
		>
			<Choices
				{...choices}
				onChoose={(go) => {
					next.current = go;
					onClose();
				}}
			/>
		</SearchDialog>
	);
}

interface ChoicesProps extends Omit<NewWorkflowDialogProps, "isOpen" | "onClose"> {
	onChoose: (go: () => void) => void;
}

function Choices({ team, onBlank, onDescribe, onImport, onChoose }: ChoicesProps) {
	const trpc = useTRPC();
	const router = useRouter();
	const [search, setSearch] = useState("");
	const templates = useQuery(trpc.templates.choices.queryOptions({ team }, { meta: { ownError: true } }));
	const found = (templates.data ?? []).filter(({ name, description }) =>
		matchesSearch(`${name} ${description}`, search),
	);
	const open = (path: string) => onChoose(() => router.push(`/${team}/templates${path}`));
	const use = ({ slug }: TemplateChoice) => open(`/${slug}/use`);
	const ways = [
		{ text: "Blank canvas", note: "Draw it a step at a time", Icon: Workflow, go: () => onChoose(onBlank) },
		{ text: "Describe it", note: "In your own words", Icon: Sparkles, go: () => onChoose(onDescribe) },
		{ text: "Import YAML", note: "From a file, or pasted", Icon: FileUp, go: () => onChoose(onImport) },
		{ text: "Look at all templates", note: "With their runs", Icon: LayoutGrid, go: () => open("") },
	].filter(({ text }) => matchesSearch(text, search));
	return (
		<SearchList
			label="What it begins with"
			placeholder="What should it do?"
			search={search}
			onSearch={setSearch}
			empty={templates.isPending ? "Loading the templates…" : `No template does “${search}”.`}
			keys={KEYS}
		>
			{ways.length > 0 && (
				<SearchGroup title="Begin with">
					{ways.map(({ text, note, Icon, go }) => (
						<SearchRow
							key={text}
							value={text}
							icon={<Icon aria-hidden="true" />}
							text={text}
							search={search}
							onSelect={go}
						>
							<RowNote>{note}</RowNote>
						</SearchRow>
					))}
				</SearchGroup>
			)}
			<TemplateRows title="From your team" items={found.filter(({ isOwn }) => isOwn)} search={search} onUse={use} />
			<TemplateRows title="Templates" items={found.filter(({ isOwn }) => !isOwn)} search={search} onUse={use} />
			{templates.error && (
				<ErrorRow onRetry={() => void templates.refetch()} busy={templates.isFetching} className="px-2">
					{errorText(templates.error)}
				</ErrorRow>
			)}
		</SearchList>
	);
}

const KEYS = [
	[["↑", "↓"], "choose"],
	[["↵"], "begin"],
] as const;

type TemplateChoice = Outputs["templates"]["choices"][number];

interface TemplateRowsProps {
	title: string;
	items: readonly TemplateChoice[];
	search: string;
	onUse: (template: TemplateChoice) => void;
}

function TemplateRows({ title, items, search, onUse }: TemplateRowsProps) {
	if (items.length === 0) return null;
	return (
		<SearchGroup title={title}>
			{items.map((template) => (
				<SearchRow
					key={template.slug}
					value={`template ${template.slug}`}
					icon={<LayoutTemplate aria-hidden="true" />}
					text={template.name}
					search={search}
					onSelect={() => onUse(template)}
					under={noteOf(template)}
				>
					<RowNote className="phone:hidden">{noteOf(template)}</RowNote>
				</SearchRow>
			))}
		</SearchGroup>
	);
}

function noteOf({ steps, description }: TemplateChoice): string {
	return `${countOf(steps, "step")} · ${description}`;
}
