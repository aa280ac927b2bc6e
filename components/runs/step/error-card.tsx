import { CircleAlert } from "lucide-react";
import type { StepError } from "@/server/runs/events";

/** What went wrong, before everything else. */
export function ErrorCard({ error }: { error: StepError }) {
	return (
		<div
			role="alert"
			className="mx-4 mb-3 grid gap-1 rounded-3 border border-[color-mix(in_oklab,var(--failed)_45%,var(--panel))] bg-failed-soft px-3 py-2.5"
		>
			<div className="flex gap-2 font-semibold text-failed">
				<CircleAlert aria-hidden="true" className="mt-0.5 size-4 flex-none" />
				<span className="min-w-0 break-words">{error.message}</span>
			</div>
			{error.detail && (
				<pre className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words text-11">{error.detail}</pre>
			)}
		</div>
	);
}
