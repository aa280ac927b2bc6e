"use client";

import { useViewer } from "../shell/viewer-context";
import { Badge } from "../ui/chip";

/** How many are unread; nothing for none. */
export function UnreadBadge({ className }: { className?: string }) {
	const { unread } = useViewer().inbox;
	if (unread === 0) return null;
	return (
		<Badge tone="waiting" className={className}>
			{unread > 99 ? "99+" : unread}
			<span className="sr-only"> unread</span>
		</Badge>
	);
}
