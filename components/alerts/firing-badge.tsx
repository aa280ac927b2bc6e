"use client";

import { useQuery } from "@tanstack/react-query";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { Badge } from "../ui/chip";

const REFRESH_MS = 30_000;

/** How many alerts fire; nothing for none. */
export function FiringBadge({ className }: { className?: string }) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const { data } = useQuery(
		trpc.alerts.count.queryOptions({ team: team.slug }, { refetchInterval: REFRESH_MS, staleTime: REFRESH_MS }),
	);
	if (!data || data.firing === 0) return null;
	return (
		<Badge tone="bad" className={className}>
			{data.firing > 99 ? "99+" : data.firing}
			<span className="sr-only"> firing</span>
		</Badge>
	);
}
