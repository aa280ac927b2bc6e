import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { UseTemplatePage } from "@/components/templates/use/use-template-page";
import { getDatabase } from "@/server/database";
import { getTemplate } from "@/server/templates/get-template";
import { enterTeam } from "../../../../enter-team";
import { templateViewer } from "../../../../template-viewer";

export const metadata: Metadata = { title: "Use a template" };

export default async function Page({ params }: { params: Promise<{ team: string; slug: string }> }) {
	const { team, slug } = await params;
	await enterTeam(team);
	const template = await getTemplate(getDatabase().db, await templateViewer(team), { slug });
	if (!template) notFound();
	const { name, plan, credentials, asksForModel } = template;
	return <UseTemplatePage team={team} template={{ slug, name, inputs: plan.inputs, credentials, asksForModel }} />;
}
