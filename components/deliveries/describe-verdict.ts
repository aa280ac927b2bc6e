import { CircleAlert, Clock, Copy, Filter, type LucideIcon, Play, ShieldX, SkipForward } from "lucide-react";
import type { Delivery } from "./use-deliveries";

interface VerdictLook {
	label: string;
	icon: LucideIcon;
	tone: "plain" | "line" | "bad";
}

const LOOKS = {
	started: { label: "Started", icon: Play, tone: "plain" },
	filtered: { label: "Filtered", icon: Filter, tone: "line" },
	duplicate: { label: "Duplicate", icon: Copy, tone: "line" },
	skipped: { label: "Skipped", icon: SkipForward, tone: "line" },
	missed: { label: "Missed", icon: Clock, tone: "line" },
	refused: { label: "Refused", icon: ShieldX, tone: "bad" },
	failed: { label: "Failed", icon: CircleAlert, tone: "bad" },
} as const satisfies Record<Delivery["verdict"], VerdictLook>;

/** How a verdict on a delivery looks. */
export function describeVerdict(verdict: Delivery["verdict"]): VerdictLook {
	return LOOKS[verdict];
}
