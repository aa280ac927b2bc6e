import type { NodeId } from "@/server/plan/plan";

/** Frames to wait for what is loaded when it is first needed: some three seconds. */
const MAX_FRAMES = 180;

const WRITABLE = "input, textarea, [contenteditable=true]";
/** What can be filled in beside the canvas. */
const FIELD = `:is(${WRITABLE}, [role=combobox], [role=switch]):not([disabled])`;
/** A list without entries is filled in by its last row, which adds one. */
const EMPTY_LIST = "[data-add-row]:only-child";

/** Leads into the settings of the step that is open; false when none is. */
export function focusFirstField(): boolean {
	const settings = document.querySelector("[data-inspector] [role=tabpanel]");
	if (settings) focusSoon(() => isReady(settings) && settings.querySelector<HTMLElement>(FIELD), MAX_FRAMES);
	return settings !== null;
}

/**
 * Leads to the first field of a new step that is to be filled in, once its form is there and nobody has gone elsewhere.
 * To the step itself when nothing is empty.
 */
export function focusEmptyField(id: NodeId): void {
	const start = document.activeElement;
	const find = () => {
		const { activeElement } = document;
		const isElsewhere = activeElement !== start && activeElement !== document.body;
		const form = isElsewhere ? null : document.querySelector(`[data-inspector="${CSS.escape(id)}"] [data-form]`);
		if (!form || !isReady(form)) return undefined;
		return emptyFieldOf(form) ?? document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
	};
	focusSoon(find, MAX_FRAMES);
}

/** Every text of several lines has what edits it: that is loaded when the first one opens. */
function isReady(form: Element): boolean {
	return [...form.querySelectorAll("[data-code]")].every((box) => box.querySelector("[contenteditable], textarea"));
}

/** What must be filled in comes before what may be. */
function emptyFieldOf(form: Element): HTMLElement | undefined {
	const missing = form.querySelector<HTMLElement>(`[aria-invalid=true]${FIELD}, [aria-invalid=true] ${FIELD}`);
	const fields = [...form.querySelectorAll<HTMLElement>(`${FIELD}, ${EMPTY_LIST}`)];
	return missing ?? fields.find(isEmpty);
}

function isEmpty(field: HTMLElement): boolean {
	if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return field.value === "";
	if (field.matches(EMPTY_LIST)) return true;
	return field.isContentEditable && (field.querySelector(".cm-placeholder") !== null || field.textContent === "");
}

/** Marks the name of the step that has just been selected, to be written over. */
export function focusName(id: NodeId): void {
	const name = () => document.querySelector<HTMLInputElement>(`[data-inspector="${CSS.escape(id)}"] h2 input`);
	focusSoon(name, MAX_FRAMES, () => name()?.select());
}

/** Leads to a step on the canvas, also to one that is only now drawn under its id. */
export function focusStep(id: NodeId): void {
	focusSoon(() => document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`), MAX_FRAMES);
}

function focusSoon(find: () => HTMLElement | null | undefined | false, frames: number, then = () => {}): void {
	const field = find();
	if (!field && frames > 0) {
		requestAnimationFrame(() => focusSoon(find, frames - 1, then));
		return;
	}
	if (field) field.focus();
	then();
}
