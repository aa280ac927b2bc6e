"use client";

import { useQuery } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../../trpc/client";
import { Chip } from "../../ui/chip";

/** Where a workflow was made from a template that has a newer version: the way to it. */
export function NewerVersionLink({ team, slug }: { team: string; slug: string }) {
	const trpc = useTRPC();
	const newer = useQuery(trpc.templates.newer.queryOptions({ team, slug }, { meta: { ownError: true } }));
	if (!newer.data) return null;
	return (
		<Link
			href={`/${team}/workflows/${slug}/template`}
			className="rounded-1 phone:flex phone:min-h-11 phone:items-center"
		>
			<Chip tone="accent">
				<GitMerge aria-hidden="true" />A newer version exists
			</Chip>
		</Link>
	);
}
