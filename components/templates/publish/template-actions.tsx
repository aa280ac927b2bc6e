"use client";

import dynamic from "next/dynamic";
import type { TemplateData } from "../template-data";

// Loaded where they are shown alone: strangers, who see most pages, never need them.
const ReviewButtons = dynamic(() => import("./review-buttons").then((module) => module.ReviewButtons));
const UnpublishButton = dynamic(() => import("./unpublish-button").then((module) => module.UnpublishButton));

interface TemplateActionsProps {
	team: string;
	template: Pick<TemplateData, "slug" | "name" | "version" | "isOwn" | "isToReview" | "standing">;
}

/** What those who look after a template do with it. */
export function TemplateActions({ team, template }: TemplateActionsProps) {
	return (
		<>
			{template.isToReview && <ReviewButtons team={team} template={template.slug} version={template.version} />}
			{template.standing && (
				<p className="mt-3 text-12 text-ink-2">{describeStanding(template.standing, template.version)}</p>
			)}
			{template.isOwn && <UnpublishButton team={team} template={template} />}
		</>
	);
}

function describeStanding({ isWaiting, isDeclined, approvedVersion }: Standing, version: number): string {
	const others = approvedVersion === null ? "only your team sees it" : `everybody else sees version ${approvedVersion}`;
	if (isWaiting) return `It waits for an administrator of this server to approve it. Until then, ${others}.`;
	if (isDeclined)
		return `An administrator of this server declined to show version ${version} to everybody: ${others}. Ask them why, change it, then publish it again.`;
	if (approvedVersion === null) return "Only your team sees it.";
	return approvedVersion === version ? "Everybody on this server sees it." : `Your team sees this version, ${others}.`;
}

type Standing = NonNullable<TemplateData["standing"]>;
