import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { galleryPath } from "@/components/templates/gallery-data";
import { GalleryPage } from "@/components/templates/gallery-page";
import { getDatabase } from "@/server/database";
import { galleryQuerySchema, listTemplates } from "@/server/templates/list-templates";
import { STRANGER } from "@/server/templates/template";
import { findLastTeam } from "../[team]/enter-team";

export const metadata: Metadata = {
	title: "Templates",
	description:
		"Workflows to begin with: releases, incidents, data, everyday work and prompts. Each runs without a key.",
};

interface PageProps {
	searchParams: Promise<Record<string, string | string[]>>;
}

export default async function Page({ searchParams }: PageProps) {
	const query = galleryQuerySchema.parse(await searchParams);
	const seen = await findLastTeam();
	if (seen) redirect(galleryPath(`/${seen.team.slug}/templates`, query));
	const gallery = await listTemplates(getDatabase().db, STRANGER, query);
	return <GalleryPage base="/templates" query={query} gallery={gallery} />;
}
