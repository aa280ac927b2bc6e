import { MousePointerClick } from "lucide-react";
import type { ReactNode } from "react";
import type { Trigger } from "@/server/plan/plan";

const TRIGGERS = {
	manual: { label: "By hand", icon: <MousePointerClick aria-hidden="true" /> },
} satisfies Record<Trigger["type"], { label: string; icon: ReactNode }>;

function isTrigger(type: string): type is Trigger["type"] {
	return Object.hasOwn(TRIGGERS, type);
}

/** What starts a workflow, one icon each. */
export function TriggerIcons({ types }: { types: readonly string[] }) {
	return (
		<span className="flex items-center gap-1.5 text-ink-2 [&_svg]:size-4">
			{types.filter(isTrigger).map((type) => (
				<span key={type} role="img" aria-label={TRIGGERS[type].label} title={TRIGGERS[type].label}>
					{TRIGGERS[type].icon}
				</span>
			))}
		</span>
	);
}
