import type { NodeId } from "@/server/plan/plan";

/** Frames to wait for what is loaded when it is first needed: some three seconds. */
const PATIENCE = 180;

const WRITABLE = "input, textarea, [contenteditable=true]";
/** What can be filled in beside the canvas, or its place while what edits it is loaded. */
const FIELD = `:is(${WRITABLE}, [role=combobox], [role=switch], [role=status][aria-label]):not([disabled])`;

/** Leads into the settings of the step that is open; false when none is. */
export function focusFirstField(): boolean {
	const settings = settingsOf();
	if (settings) focusSoon(() => settings.querySelector<HTMLElement>(FIELD), PATIENCE);
	return settings !== null;
}

/** Leads to the first field of a new step that must be filled in, once its settings are there and nobody has gone elsewhere. */
export function focusMissingField(id: NodeId): void {
	const missing = `[aria-invalid=true]${FIELD}, [aria-invalid=true] ${FIELD}`;
	const isElsewhere = () => {
		const { activeElement } = document;
		return activeElement !== document.body && activeElement?.getAttribute("data-node") !== id;
	};
	focusSoon(() => (isElsewhere() ? null : settingsOf(id)?.querySelector<HTMLElement>(missing)), PATIENCE);
}

/** Marks the name of the step that has just been selected, to be written over. */
export function focusName(id: NodeId): void {
	const name = () => document.querySelector<HTMLInputElement>(`[data-inspector="${CSS.escape(id)}"] h2 input`);
	focusSoon(name, PATIENCE, () => name()?.select());
}

function settingsOf(id?: NodeId): Element | null {
	const step = id === undefined ? "" : `="${CSS.escape(id)}"`;
	return document.querySelector(`[data-inspector${step}] [role=tabpanel]`);
}

function focusSoon(find: () => HTMLElement | null | undefined, frames: number, then = () => {}): void {
	const field = find();
	const isThere = field && field.role !== "status";
	if (!isThere && frames > 0) {
		requestAnimationFrame(() => focusSoon(find, frames - 1, then));
		return;
	}
	field?.focus();
	then();
}
