import { Plus } from "lucide-react";
import Link from "next/link";
import { drawStill } from "../canvas/drawing/draw-still";
import { PlanPicture } from "../canvas/picture/plan-picture";
import { Slash } from "../shell/top-bar";
import { Button } from "../ui/button";
import { cn } from "../ui/class-names";
import { CopyYaml } from "./copy-yaml";
import { FitPicture } from "./fit-picture";
import { TemplateAside } from "./template-aside";
import type { TemplateData } from "./template-data";
import { TemplateStage } from "./template-stage";

interface TemplatePageProps {
	/** The address of the gallery that it stands in. */
	base: string;
	/** Left out for those who have not signed in. */
	team?: string;
	template: TemplateData;
	/** What the address asks to see. */
	view: "drawing" | "yaml";
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
					<CopyYaml yaml={template.yaml} />
					<Button asChild intent="primary" className="phone:hidden">
						<Link href={`${base}/${template.slug}/use`}>
							<Plus />
							Use this template
						</Link>
					</Button>
				</div>
			</header>
			<div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_304px] max-lg:flex max-lg:flex-col max-lg:overflow-y-auto">
				<div className="grid min-h-0 min-w-0 grid-rows-[minmax(0,1fr)_auto] max-lg:contents">
					<section
						aria-label={`Canvas of ${template.name}`}
						className="relative min-h-0 max-lg:order-first max-lg:h-[52dvh] max-lg:flex-none"
					>
						{view === "yaml" ? <Yaml text={template.yaml} /> : <Stage template={template} />}
						<ViewSwitch path={`${base}/${template.slug}`} view={view} />
					</section>
					{template.happens.length > 0 && <Happens lines={template.happens} />}
				</div>
				<TemplateAside base={base} team={team} template={template} />
			</div>
		</>
	);
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

/** Two links: what is shown is part of the address. */
function ViewSwitch({ path, view }: { path: string; view: TemplatePageProps["view"] }) {
	return (
		<nav
			aria-label="View"
			className="absolute right-3 bottom-3 flex gap-0.5 rounded-3 border border-line bg-panel p-0.5 shadow-2"
		>
			{VIEWS.map(({ id, label, query }) => (
				<Link
					key={id}
					href={`${path}${query}`}
					aria-current={view === id ? "true" : undefined}
					className={cn(
						"flex h-7 items-center rounded-2 px-2.5 font-medium text-12 phone:h-11",
						view === id ? "bg-fill-2 text-ink" : "text-ink-2 hover:text-ink",
					)}
				>
					{label}
				</Link>
			))}
		</nav>
	);
}

const VIEWS = [
	{ id: "drawing", label: "Drawing", query: "" },
	{ id: "yaml", label: "YAML", query: "?view=yaml" },
] as const;

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
