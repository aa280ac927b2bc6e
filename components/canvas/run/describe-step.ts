import { formatDuration } from "@/components/ui/format/format-time";
import { RUN_LOOK_LABELS } from "@/components/ui/run-state/run-look";
import type { NodeLook } from "../drawing/describe-node";
import { NOT_REACHED, type StepLook, type StepView } from "./view-step";

/** A state in lower case, for the middle of a sentence. */
export function describeLook(look: StepLook): string {
	return look === "pending" ? "not reached yet" : RUN_LOOK_LABELS[look].toLowerCase();
}

/** The same of a step on a run: one that looks skipped may not have been reached when the run ended. */
export function describeStatus({ look, text }: Pick<StepView, "look" | "text">): string {
	return look === "skipped" && text === NOT_REACHED ? NOT_REACHED : describeLook(look);
}

/** What a screen reader says of a node: "Unit tests, Shell, completed in 24.4 s, attempt 2 of 3". */
export function describeStep(look: NodeLook, view: StepView | undefined): string {
	const parts = [look.title, look.type];
	if (look.disabled) parts.push("disabled");
	if (!view) return parts.concat(look.summary).join(", ");
	const ended = view.endedAt !== undefined && view.startedAt !== undefined;
	parts.push(ended ? `${describeStatus(view)} in ${spanOf(view)}` : describeStatus(view));
	if (view.attempts) parts.push(`attempt ${view.attempts.replace("/", " of ")}`);
	if (view.pages) parts.push(`iteration ${view.pages.shown + 1} of ${view.pages.total ?? view.pages.begun}`);
	if (view.pages && view.pages.failed > 0) parts.push(`${view.pages.failed} failed`);
	if (view.text && view.text !== NOT_REACHED && view.look !== "completed") parts.push(view.text);
	return parts.join(", ");
}

function spanOf(view: StepView): string {
	return formatDuration((view.endedAt ?? 0) - (view.startedAt ?? 0));
}
