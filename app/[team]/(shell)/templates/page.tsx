import type { Metadata } from "next";
import { galleryPath } from "@/components/templates/gallery-data";
import { GalleryPage } from "@/components/templates/gallery-page";
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
	const query = galleryQuerySchema.parse(await searchParams);
	await enterTeam(team, galleryPath(base, query));
	const gallery = await listTemplates(getDatabase().db, await templateViewer(team), query);
	return <GalleryPage base={base} team={team} query={query} gallery={gallery} />;
}
