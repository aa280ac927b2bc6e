import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TemplatePage } from "@/components/templates/template-page";
import { templateQuerySchema } from "@/components/templates/template-query";
import { getDatabase } from "@/server/database";
import { getTemplate } from "@/server/templates/get-template";
import { enterTeam } from "../../../enter-team";
import { templateViewer } from "../../../template-viewer";

export const metadata: Metadata = { title: "Template" };

interface PageProps {
	params: Promise<{ team: string; slug: string }>;
	searchParams: Promise<Record<string, string | string[]>>;
}

export default async function Page({ params, searchParams }: PageProps) {
	const { team, slug } = await params;
	const base = `/${team}/templates`;
	await enterTeam(team);
	const { view, version } = templateQuerySchema.parse(await searchParams);
	const template = await getTemplate(getDatabase().db, await templateViewer(team), { slug, version });
	if (!template) notFound();
	return <TemplatePage base={base} team={team} template={template} view={view} />;
}
