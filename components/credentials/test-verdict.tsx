import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import type { Outputs } from "../trpc/types";
import { cn } from "../ui/class-names";

const VERDICTS = {
	works: { icon: CircleCheck, title: "It works.", className: "text-completed" },
	refused: { icon: CircleX, title: "It does not work.", className: "text-failed" },
	unknown: { icon: CircleHelp, title: "Not tested.", className: "text-retrying" },
};

/** What came of a test of a credential. */
export function TestVerdict({ verdict, message }: Outputs["credentials"]["test"]) {
	const { icon: Icon, title, className } = VERDICTS[verdict];
	return (
		<p className="flex gap-2">
			<Icon aria-hidden="true" className={cn("mt-0.5 size-4 flex-none", className)} />
			<span className="min-w-0 break-words">
				<span className="font-medium">{title}</span> {message}
			</span>
		</p>
	);
}
