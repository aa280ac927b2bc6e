import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { TemplatePage } from "@/components/templates/template-page";
import { getDatabase } from "@/server/database";
import { getTemplate } from "@/server/templates/get-template";
import { STRANGER } from "@/server/templates/template";
import { findLastTeam } from "../../[team]/enter-team";

interface PageProps {
	params: Promise<{ slug: string }>;
	searchParams: Promise<{ view?: string | string[] }>;
}

const readTemplate = cache((slug: string) => getTemplate(getDatabase().db, STRANGER, slug));

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
	const template = await readTemplate((await params).slug);
	if (!template) return { title: "Not found" };
	const { name, description } = template;
	return { title: name, description, openGraph: { title: name, description, siteName: "Weft" } };
}

export default async function Page({ params, searchParams }: PageProps) {
	const { slug } = await params;
	const seen = await findLastTeam();
	if (seen) redirect(`/${seen.team.slug}/templates/${encodeURIComponent(slug)}`);
	const template = await readTemplate(slug);
	if (!template) notFound();
	const { view } = await searchParams;
	return <TemplatePage base="/templates" template={template} view={view === "yaml" ? "yaml" : "drawing"} />;
}
