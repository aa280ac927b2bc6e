import type { NodeId } from "@/server/plan/plan";

/** Marks the entry of the history in which a step lies over the page, as it does on a phone. */
const STEP_ENTRY = "step";

/** Writes the step into the address, so that a link leads to it: `?step=deploy&at=1`. */
export function writeStep(id: NodeId, iteration?: string): void {
	const url = addressWithoutStep();
	url.searchParams.set("step", id);
	if (iteration) url.searchParams.set("at", iteration);
	history.replaceState(ownState(), "", url);
}

/** On a phone the way back is to close the step, not to leave the page. */
export function enterStep(): void {
	const isOpen = new URL(location.href).searchParams.has("step");
	if (isOpen || !matchMedia("(width < 640px)").matches) return;
	history.pushState({ ...ownState(), [STEP_ENTRY]: true }, "");
}

export function leaveStep(): void {
	if (STEP_ENTRY in ownState()) history.back();
	else history.replaceState(ownState(), "", addressWithoutStep());
}

function addressWithoutStep(): URL {
	const url = new URL(location.href);
	url.searchParams.delete("step");
	url.searchParams.delete("at");
	return url;
}

/** Without the keys of Next, which follows a new address only where the state is not its own. */
function ownState(): Record<string, unknown> {
	return Object.fromEntries(Object.entries(history.state ?? {}).filter(([key]) => !key.startsWith("__")));
}
