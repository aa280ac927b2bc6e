import { Plus } from "lucide-react";
import Link from "next/link";
import { drawStill } from "../canvas/drawing/draw-still";
import { PlanPicture } from "../canvas/picture/plan-picture";
import { Slash } from "../shell/slash";
import { PillLink } from "../ui/pill-link";
import { FitPicture } from "./fit-picture";
import { TemplateAside } from "./template-aside";
import type { TemplateData } from "./template-data";
import { type TemplateView, templatePath } from "./template-query";
import { TemplateStage } from "./template-stage";
import { UseButton } from "./use/use-button";
import { TemplateChanges } from "./versions/template-changes";
import { TemplateVersions } from "./versions/template-versions";
import { YamlButtons } from "./yaml-buttons";

interface TemplatePageProps {
	/** The address of the gallery that it stands in. */
	base: string;
	/** Left out for those who have not signed in. */
	team?: string;
	template: TemplateData;
	/** What the address asks to see. */
	view: TemplateView;
}

/** A template: its canvas or its YAML, a run of it that plays, what it needs. Drawn on the server, without the canvas. */
export function TemplatePage({ base, team, template, view }: TemplatePageProps) {
	return (
		<>
			<header className="flex h-12 flex-none items-center gap-2 border-line border-b px-5 phone:h-13 phone:bg-page phone:px-4">
				<Link href={base} className="text-ink-2 hover:text-ink phone:flex phone:min-h-11 phone:items-center">
					Templates
				</Link>
				<Slash />
				<span className="min-w-0 truncate font-semibold">{template.name}</span>
				<div className="ml-auto flex flex-none items-center gap-2">
					<YamlButtons slug={template.slug} yaml={template.yaml} />
					<UseButton href={`${base}/${template.slug}/use`} guarded={team !== undefined} className="phone:hidden">
						<Plus />
						Use this template
					</UseButton>
				</div>
			</header>
			<OldVersion base={base} template={template} />
			<div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_304px] max-lg:flex max-lg:flex-col max-lg:overflow-y-auto">
				<div className="grid min-h-0 min-w-0 grid-cols-1 grid-rows-[minmax(0,1fr)_auto] max-lg:contents">
					<section
						aria-label={`Canvas of ${template.name}`}
						className="relative min-h-0 max-lg:order-first max-lg:h-[52dvh] max-lg:flex-none phone:flex phone:flex-col"
					>
						<div className="relative h-full min-h-0 phone:flex-1">
							<View template={template} view={view} />
						</div>
						<ViewSwitch base={base} template={template} view={view} />
					</section>
					{template.happens.length > 0 && <Happens lines={template.happens} />}
					{template.versions.length > 0 && <TemplateVersions base={base} template={template} />}
				</div>
				<TemplateAside base={base} team={team} template={template} />
			</div>
		</>
	);
}

function View({ template, view }: Omit<ViewSwitchProps, "base">) {
	if (view === "yaml") return <Yaml text={template.yaml} />;
	if (view === "changes" && template.newest)
		return <TemplateChanges before={template.plan} after={template.newest.plan} />;
	return <Stage template={template} />;
}

function Stage({ template: { plan, sampleRun } }: { template: TemplateData }) {
	const drawing = drawStill(plan);
	const { width, height } = drawing.layout.bounds;
	return (
		<TemplateStage plan={plan} events={sampleRun ?? []}>
			<FitPicture width={width} height={height}>
				<PlanPicture drawing={drawing} scale={1} />
			</FitPicture>
		</TemplateStage>
	);
}

function Yaml({ text }: { text: string }) {
	return (
		<pre className="h-full overflow-auto bg-panel p-5 font-mono text-12 leading-5 phone:p-4">
			<code>{text}</code>
		</pre>
	);
}

interface ViewSwitchProps extends Pick<TemplatePageProps, "base" | "view"> {
	template: TemplateData;
}

/** Links: what is shown is part of the address. */
function ViewSwitch({ base, template: { slug, version, newest }, view }: ViewSwitchProps) {
	const shown = newest ? { version } : {};
	return (
		<nav
			aria-label="View"
			className="absolute right-3 bottom-3 z-10 flex gap-0.5 rounded-3 border border-line bg-panel p-0.5 shadow-2 phone:static phone:flex-none phone:rounded-none phone:border-x-0 phone:border-b-0 phone:px-3 phone:py-1 phone:shadow-none"
		>
			{VIEWS.filter(({ id }) => newest !== null || id !== "changes").map(({ id, label }) => (
				<PillLink key={id} href={templatePath(base, slug, { ...shown, view: id })} on={view === id}>
					{label}
				</PillLink>
			))}
		</nav>
	);
}

const VIEWS = [
	{ id: "drawing", label: "Drawing" },
	{ id: "yaml", label: "YAML" },
	{ id: "changes", label: "Changes" },
] as const;

/** Above a version that is not the newest. */
function OldVersion({ base, template: { slug, version, newest } }: Omit<ViewSwitchProps, "view">) {
	if (!newest) return null;
	return (
		<p
			role="status"
			className="flex flex-none flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-retrying-soft px-5 py-2.5 phone:px-4"
		>
			<span>
				You are looking at version {version}. Version {newest.version} is the newest.
			</span>
			<Link href={templatePath(base, slug, { version, view: "changes" })} className={INLINE_LINK}>
				What has changed since
			</Link>
			<Link href={templatePath(base, slug, {})} className={INLINE_LINK}>
				Show the newest
			</Link>
		</p>
	);
}

const INLINE_LINK = "rounded-1 text-accent underline phone:inline-flex phone:min-h-11 phone:items-center";

function Happens({ lines }: { lines: readonly string[] }) {
	return (
		<section className="border-line border-t px-5 py-4 max-lg:order-last phone:px-4">
			<h2 className="mb-2 text-13">What happens</h2>
			<ol className="grid gap-2">
				{lines.map((line, index) => (
					<li key={line} className="flex gap-2.5">
						<span
							aria-hidden="true"
							className="grid size-5 flex-none place-items-center rounded-full bg-fill font-medium text-11 text-ink-2 tabular-nums"
						>
							{index + 1}
						</span>
						{line}
					</li>
				))}
			</ol>
		</section>
	);
}
