import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { UseTemplatePage } from "@/components/templates/use/use-template-page";
import { getTemplate } from "@/server/templates/get-template";
import { enterTeam } from "../../../../enter-team";

export const metadata: Metadata = { title: "Use a template" };

export default async function Page({ params }: { params: Promise<{ team: string; slug: string }> }) {
	const { team, slug } = await params;
	await enterTeam(team, `/${team}/templates/${encodeURIComponent(slug)}/use`);
	const template = await getTemplate(slug);
	if (!template) notFound();
	const { name, plan, credentials, asksForModel } = template;
	return <UseTemplatePage team={team} template={{ slug, name, inputs: plan.inputs, credentials, asksForModel }} />;
}
