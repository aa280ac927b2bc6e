"use client";

import Link from "next/link";
import { Slash } from "../../shell/slash";
import { useViewer } from "../../shell/viewer-context";
import { TemplateForm } from "./template-form";
import type { TemplateQuestions } from "./use-template-data";

interface UseTemplatePageProps {
	team: string;
	template: TemplateQuestions;
}

/** Asks for what a template needs, or leaves it for later, and makes a workflow of it. */
export function UseTemplatePage({ team, template }: UseTemplatePageProps) {
	const viewer = useViewer();
	const base = `/${team}/templates`;
	return (
		<>
			<header className="flex h-12 flex-none items-center gap-2 border-line border-b px-5 phone:h-13 phone:bg-page phone:px-4">
				<Link href={base} className="text-ink-2 hover:text-ink phone:hidden">
					Templates
				</Link>
				<span className="phone:hidden">
					<Slash />
				</span>
				<Link href={`${base}/${template.slug}`} className="min-w-0 truncate text-ink-2 hover:text-ink">
					{template.name}
				</Link>
				<Slash />
				<span className="flex-none font-semibold">Use</span>
			</header>
			<div className="min-h-0 flex-1 overflow-y-auto">
				<div className="mx-auto w-full max-w-[640px] px-5 py-6 phone:px-4">
					<h1 className="text-20 tracking-[-0.012em]">Use {template.name}</h1>
					<p className="mt-1 mb-5 text-ink-2">
						It becomes a workflow of {viewer.team.name}. You can change everything later.
					</p>
					<TemplateForm team={team} template={template} />
				</div>
			</div>
		</>
	);
}
