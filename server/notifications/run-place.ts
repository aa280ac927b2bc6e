import type { Happening } from "./notification-kind";

interface StepPlace {
	nodeId?: string | undefined;
	iteration?: string | undefined;
}

/** The page of the run that something is about, at one of its steps; null when it is about none. */
export function runPath(
	{ team, workflow, runNumber }: Omit<Happening<object>, "data">,
	{ nodeId, iteration }: StepPlace = {},
): string | null {
	if (workflow === null || runNumber === null) return null;
	const step = new URLSearchParams({
		...(nodeId !== undefined && { step: nodeId }),
		...(iteration !== undefined && iteration !== "" && { at: iteration }),
	}).toString();
	return `/${team.slug}/workflows/${workflow.slug}/runs/${runNumber}${step && `?${step}`}`;
}

/** As in “run 12 of Port a module”. */
export function runName({ workflow, runNumber }: Omit<Happening<object>, "data">): string {
	const name = workflow?.name ?? "a workflow";
	return runNumber === null ? name : `run ${runNumber} of ${name}`;
}

const EXCERPT_LENGTH = 200;

/** As much of a text as a notification holds, on one line. */
export function shorten(text: string): string {
	const line = text.trim().replace(/\s+/g, " ");
	const letters = [...line];
	return letters.length <= EXCERPT_LENGTH ? line : `${letters.slice(0, EXCERPT_LENGTH - 1).join("")}…`;
}
