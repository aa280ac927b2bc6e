"use client";

import dynamic from "next/dynamic";
import type { TemplateData } from "../template-data";

// Loaded where they are shown alone: strangers, who see most pages, never need them.
const ReviewButtons = dynamic(() => import("./review-buttons").then((module) => module.ReviewButtons));
const UnpublishButton = dynamic(() => import("./unpublish-button").then((module) => module.UnpublishButton));

interface TemplateActionsProps {
	team: string;
	template: Pick<TemplateData, "slug" | "name" | "version" | "refusal" | "isOwn" | "isToReview">;
}

/** What those who look after a template do with it. */
export function TemplateActions({ team, template }: TemplateActionsProps) {
	return (
		<>
			{template.isToReview && <ReviewButtons template={template.slug} version={template.version} />}
			{template.isOwn && <UnpublishButton team={team} template={template} />}
		</>
	);
}
