import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { countOf } from "@/server/nodes/summary-text";
import { countCases, type ShownCase } from "./use-prompt-cases";

interface CasesVerdictProps {
	cases: readonly ShownCase[];
	isRunning: boolean;
	/** Of the test under way. */
	done: number;
}

/** How the cases stand with the text as it is now, in a line. */
export function CasesVerdict({ cases, isRunning, done }: CasesVerdictProps) {
	const { total, tried, failed } = countCases(cases);
	if (isRunning) return <span role="status">{`Running, ${done} of ${total} done`}</span>;
	const [Icon, tone, text] =
		tried === 0
			? ([CircleDashed, "text-ink-3", `${countOf(total, "case")} not run with this text`] as const)
			: failed > 0
				? ([CircleAlert, "text-failed", `${failed} of ${total} cases fail`] as const)
				: tried < total
					? ([CircleDashed, "text-ink-3", `${tried} of ${total} cases pass, the others are not run`] as const)
					: ([CircleCheck, "text-completed", total === 1 ? "The case passes" : `All ${total} cases pass`] as const);
	return (
		<span role="status" className="flex items-center gap-1.5">
			<Icon aria-hidden="true" className={`size-3.5 flex-none ${tone}`} />
			{text}
		</span>
	);
}
