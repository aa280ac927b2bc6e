import type { PlanSketch } from "./plan-sketch";

const NAMED =
	/\b(?:with|takes?|given|needs?|accepts?|asks? for)\s(?:an?\s|the\s)?(?:inputs?|parameters?|form fields?)\s(?:called\s|named\s)?((?:[a-z]\w{0,40}(?:\s?,\s|\sand\s)?){1,8})/i;
const GIVEN = /\bgiven\s(?:an?|the)\s([a-z]\w{0,40})\b,?/i;

/** Declares the inputs that a text names, and returns it without them. */
export function findInputs(text: string, sketch: PlanSketch): string {
	const match = NAMED.exec(text) ?? GIVEN.exec(text);
	if (!match) return text;
	const names = (match[1] ?? "").split(/\s?,\s|\sand\s|\s/).filter((name) => name !== "" && !IS_WORD.test(name));
	for (const name of names) sketch.input({ type: "text", name: name.toLowerCase(), required: true });
	const [first] = names;
	if (first !== undefined) sketch.value = `inputs.${first.toLowerCase()}`;
	return text.replace(match[0], " ");
}

const IS_WORD = /^(?:and|then|it|the|an?|run|fetch|send)$/i;
