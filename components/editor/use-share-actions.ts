import { LayoutTemplate, Share2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRefusal } from "@/components/shell/why-not";
import { publishTemplatePath } from "@/components/templates/publish/publish-path";
import type { Outputs } from "@/components/trpc/types";
import { type Action, ON_WORKFLOW } from "./actions/action";

interface ShareActionsOptions {
	team: string;
	draft: Outputs["workflows"]["draft"];
	onShare: () => void;
}

/** What shows the published version to others: a link, and a template. */
export function useShareActions({ team, draft, onShare }: ShareActionsOptions): Action[] {
	const router = useRouter();
	const shareRefusal = useRefusal("run:share");
	const publishRefusal = useRefusal("template:publish");
	const unpublished = draft.version === null ? "publish a version first" : undefined;
	return [
		{ ...SHARE, refusal: shareRefusal, reason: () => shareRefusal ?? unpublished, run: onShare },
		{
			...PUBLISH_TEMPLATE,
			refusal: publishRefusal,
			reason: () => publishRefusal ?? unpublished,
			run: () => router.push(publishTemplatePath(team, draft.slug)),
		},
	];
}

const SHARE = { ...ON_WORKFLOW, id: "share", title: "Share the workflow", label: "Share", Icon: Share2 } as const;
const PUBLISH_TEMPLATE = {
	...ON_WORKFLOW,
	id: "publish-template",
	title: "Publish as a template",
	Icon: LayoutTemplate,
} as const;
