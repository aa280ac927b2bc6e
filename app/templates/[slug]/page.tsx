import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { TemplatePage } from "@/components/templates/template-page";
import { templatePath, templateQuerySchema } from "@/components/templates/template-query";
import { getDatabase } from "@/server/database";
import { getTemplate } from "@/server/templates/get-template";
import { STRANGER } from "@/server/templates/template";
import { findLastTeam } from "../../[team]/enter-team";
import { pictureMetadata } from "../../share/picture-metadata";

interface PageProps {
	params: Promise<{ slug: string }>;
	searchParams: Promise<Record<string, string | string[]>>;
}

const readTemplate = cache((slug: string, version: number | undefined) =>
	getTemplate(getDatabase().db, STRANGER, { slug, version }),
);

async function readAsked({ params, searchParams }: PageProps) {
	const [{ slug }, { view, version }] = [await params, templateQuerySchema.parse(await searchParams)];
	return { slug, view, version };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
	const { slug, version } = await readAsked(props);
	const template = await readTemplate(slug, version);
	if (!template) return { title: "Not found" };
	const { name, description, newest } = template;
	const picture = await pictureMetadata(`/templates/${encodeURIComponent(template.slug)}/picture.png`);
	return {
		...{ title: name, description, ...picture, openGraph: { title: name, description, ...picture.openGraph } },
		...(newest && { robots: { index: false } }),
	};
}

export default async function Page(props: PageProps) {
	const { slug, view, version } = await readAsked(props);
	const seen = await findLastTeam();
	if (seen)
		redirect(
			templatePath(`/${seen.team.slug}/templates`, encodeURIComponent(slug), {
				view,
				...(version !== undefined && { version }),
			}),
		);
	const template = await readTemplate(slug, version);
	if (!template) notFound();
	return <TemplatePage base="/templates" template={template} view={view} />;
}
