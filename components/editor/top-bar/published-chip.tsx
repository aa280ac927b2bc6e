"use client";

import type { Outputs } from "@/components/trpc/types";
import { Chip } from "@/components/ui/chip";
import { Tooltip } from "@/components/ui/tooltip";
import { useUnpublished } from "./use-unpublished";

interface PublishedChipProps {
	draft: Pick<Outputs["workflows"]["draft"], "version" | "publishedHash">;
}

/** Which version runs, and whether the draft has gone on since. */
export function PublishedChip({ draft }: PublishedChipProps) {
	const { version } = draft;
	const isChanged = useUnpublished(draft);
	if (version === null)
		return (
			<Chip tone="line" className="max-lg:hidden">
				draft
			</Chip>
		);
	if (!isChanged)
		return (
			<Chip tone="line" className="max-lg:hidden">
				v{version} published
			</Chip>
		);
	return (
		<Tooltip label={`Run starts v${version}. Test runs the draft, Publish makes it the next version.`}>
			<Chip tone="warn" className="max-lg:hidden">
				changed since v{version}
			</Chip>
		</Tooltip>
	);
}
