"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Inputs } from "@/components/trpc/types";
import { SentDialog } from "./sent-dialog";
import { SentSettings } from "./sent-settings";

interface SentWorkflowProps {
	asked: Inputs["sharing"]["previewWorkflow"];
	onClose: () => void;
}

/** What would leave by a link of a workflow, as the server makes it for whoever has it. */
export function SentWorkflow({ asked, onClose }: SentWorkflowProps) {
	const trpc = useTRPC();
	const sent = useQuery(trpc.sharing.previewWorkflow.queryOptions(asked));
	return (
		<SentDialog
			title="What this link sends"
			description="In addition to the drawing and the names of steps."
			sent={sent}
			onClose={onClose}
		>
			{({ settings }) =>
				asked.settings ? (
					<div className="-mx-4">
						<SentSettings settings={settings} />
					</div>
				) : (
					<p className="py-4 text-ink-2">Only the drawing and the names of steps.</p>
				)
			}
		</SentDialog>
	);
}
