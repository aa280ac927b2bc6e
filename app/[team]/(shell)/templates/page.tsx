import type { Metadata } from "next";
import { GalleryPage } from "@/components/templates/gallery-page";
import { PublishButton } from "@/components/templates/publish/publish-button";
import { getDatabase } from "@/server/database";
import { galleryQuerySchema, listTemplates } from "@/server/templates/list-templates";
import { enterTeam } from "../../enter-team";
import { templateViewer } from "../../template-viewer";

export const metadata: Metadata = { title: "Templates" };

interface PageProps {
	params: Promise<{ team: string }>;
	searchParams: Promise<Record<string, string | string[]>>;
}

export default async function Page({ params, searchParams }: PageProps) {
	const { team } = await params;
	const base = `/${team}/templates`;
	const asked = await searchParams;
	const query = galleryQuerySchema.parse(asked);
	const workflow = typeof asked.publish === "string" ? asked.publish : undefined;
	await enterTeam(team);
	const gallery = await listTemplates(getDatabase().db, await templateViewer(team), query);
	return (
		<GalleryPage
			base={base}
			query={query}
			gallery={gallery}
			actions={<PublishButton team={team} categories={gallery.categories} workflow={workflow} />}
		/>
	);
}
