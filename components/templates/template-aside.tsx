import { FolderGit2, KeyRound, type LucideIcon, Server, Sparkles, SquareTerminal, UserRoundCheck } from "lucide-react";
import type { ReactNode } from "react";
import { definitionOf } from "@/server/nodes/catalog";
import type { Plan } from "@/server/plan/plan";
import { NodeIcon } from "../canvas/nodes/node-icon";
import { Chip } from "../ui/chip";
import { IconTile } from "../ui/icon-tile";
import { TemplateActions } from "./publish/template-actions";
import { Publisher } from "./publisher";
import { RecordedRun } from "./recorded-run";
import type { TemplateData, TemplateNeed } from "./template-data";
import { UseButton } from "./use/use-button";

interface TemplateAsideProps {
	base: string;
	/** Left out for those who have not signed in. */
	team: string | undefined;
	template: TemplateData;
}

/** What a template is, needs and holds. */
export function TemplateAside({ base, team, template }: TemplateAsideProps) {
	const { slug, name, description, publisher, version, needs, plan, sampleRun, isOwn, isToReview, standing } = template;
	return (
		<aside className="min-h-0 overflow-y-auto border-line border-l max-lg:flex-none max-lg:border-t max-lg:border-l-0">
			<div className="p-5 phone:p-4">
				<h1 className="text-20 tracking-[-0.012em]">{name}</h1>
				<p className="mt-1.5 mb-3 text-ink-2">{description}</p>
				<p className="flex items-center gap-1.5 text-12 text-ink-3">
					<Publisher name={publisher?.name ?? null} />
					<span aria-hidden="true">·</span>
					<span className="tabular-nums">version {version}</span>
				</p>
				<UseButton href={`${base}/${slug}/use`} guarded={team !== undefined} size="large" full className="mt-4">
					Use this template
				</UseButton>
				{team !== undefined && (
					<TemplateActions team={team} template={{ slug, name, version, isOwn, isToReview, standing }} />
				)}
			</div>
			<Section title="What it needs">
				{needs.length === 0 ? (
					<p className="text-12 text-ink-2">Nothing. It runs as it is.</p>
				) : (
					<ul className="divide-y divide-line-soft">
						{needs.map((need) => (
							<Need key={need.name} need={need} />
						))}
					</ul>
				)}
			</Section>
			<Section title="Steps">
				<ul className="grid grid-cols-2 gap-x-2 gap-y-1.5">
					{kindsOf(plan).map(({ type, title, icon, category, count }) => (
						<li key={type} className="flex min-w-0 items-center gap-2 text-12 text-ink-2">
							<IconTile category={category} size="small">
								<NodeIcon name={icon} />
							</IconTile>
							<span className="truncate">{title}</span>
							<span className="text-ink-3 tabular-nums">{count}</span>
						</li>
					))}
				</ul>
			</Section>
			{sampleRun && (
				<Section title="Sample run">
					<RecordedRun events={sampleRun} isShipped={publisher === null} />
				</Section>
			)}
		</aside>
	);
}

function Section({ title, children }: { title: string; children: ReactNode }) {
	return (
		<section className="border-line border-t px-5 pt-3 pb-4 phone:px-4">
			<h2 className="mb-2 text-13">{title}</h2>
			{children}
		</section>
	);
}

const NEED_ICONS = {
	program: SquareTerminal,
	repository: FolderGit2,
	service: Server,
	people: UserRoundCheck,
	credential: KeyRound,
	model: Sparkles,
} as const satisfies Record<TemplateNeed["kind"], LucideIcon>;

function Need({ need: { kind, name, help, optional } }: { need: TemplateNeed }) {
	const Icon = NEED_ICONS[kind];
	return (
		<li className="flex items-center gap-2.5 py-2 first:pt-0 last:pb-0">
			<Icon aria-hidden="true" className="size-4 flex-none text-ink-3" />
			<div className="min-w-0 flex-1">
				<div className="font-medium">{name}</div>
				<div className="text-12 text-ink-3">{help}</div>
			</div>
			{optional && <Chip>optional</Chip>}
		</li>
	);
}

function kindsOf({ nodes }: Plan) {
	const types = [...new Set(nodes.map(({ type }) => type))];
	return types.flatMap((type) => {
		const definition = definitionOf(type);
		const count = nodes.filter((node) => node.type === type).length;
		return definition ? [{ ...definition, count }] : [];
	});
}
