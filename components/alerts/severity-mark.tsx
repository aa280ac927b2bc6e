import { BellOff, CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { cn } from "../ui/class-names";

interface SeverityMarkProps {
	/** The label of that name, as whoever wrote the rule calls it. */
	severity: string;
	isResolved?: boolean;
	isSilenced?: boolean;
	className?: string;
}

const LOOKS: readonly { words: readonly string[]; icon: LucideIcon; tone: string }[] = [
	{ words: ["critical", "page", "error", "high", "emergency"], icon: CircleAlert, tone: "text-failed" },
	{ words: ["warning", "warn", "medium", "ticket"], icon: TriangleAlert, tone: "text-retrying" },
];

/** How bad an alert is, by an icon and a word. */
export function SeverityMark({ severity, isResolved = false, isSilenced = false, className }: SeverityMarkProps) {
	const look = LOOKS.find(({ words }) => words.includes(severity.toLowerCase()));
	const Icon = isResolved ? CircleCheck : isSilenced ? BellOff : (look?.icon ?? Info);
	const tone = isResolved || isSilenced ? "text-ink-2" : (look?.tone ?? "text-ink-2");
	const word = isResolved ? "Resolved" : isSilenced ? "Silenced" : severity === "" ? "Alert" : capitalize(severity);
	return (
		<span className={cn("inline-flex min-w-0 items-center gap-2", tone, className)}>
			<Icon aria-hidden="true" className="size-4 flex-none" strokeWidth={2} />
			<span className="truncate">{word}</span>
		</span>
	);
}

function capitalize(word: string): string {
	return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
