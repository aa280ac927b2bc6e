import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { REDACTED } from "@/server/plan/values/redacted";
import type { Actor, RunEvent, StepError } from "@/server/runs/events";
import { HiddenNames, personIn } from "./hide-names";
import { hideKeyLines, hideKeys, hidePrivate, isPrivateName } from "./hide-private";
import type { Shows } from "./shows";

/** Whoever did something in the team: a link tells nobody's name. */
export const SOMEBODY: Actor = { kind: "system", name: "the team" };

export type Hide = (text: string) => string;

/** Decides what of a run leaves by a link: everything that is sent passes it. */
export interface ShareFilter {
	readonly shows: Shows;
	/** A text of the run, without what looks private or was not to be shown. */
	text: Hide;
	/** The same of lines that follow each other. */
	lines(texts: readonly string[]): string[];
	/** The same in all of a value; one under a private name is hidden whole. */
	json<Value extends Json>(value: Value): Value;
	/** A part of the plan, without keys and tokens. */
	plan<Value extends Json>(value: Value): Value;
	error(error: StepError): StepError;
	/** Hides from now on the name of whoever did what an event tells of, wherever steps copy it to. */
	learnNames(event: RunEvent): void;
	/** How many values have been changed so far. */
	redacted(): number;
}

/**
 * @param hideInput takes away what the run was started with, where a link does not show it. Undefined when that is too much
 * to be looked for: then nothing that could repeat it is shown.
 * @param people the names of those who have done something in the run so far
 */
export function createShareFilter(
	asked: Shows,
	hideInput: Hide | undefined,
	people: Iterable<string> = [],
): ShareFilter {
	const shows = hideInput ? asked : { ...asked, outputs: false, logs: false };
	const names = new HiddenNames();
	names.add(people);
	let count = 0;
	const counted = (hide: Hide) => (whole: string) => {
		const shown = hide(whole);
		if (shown !== whole) count += 1;
		return shown;
	};
	const text = counted((whole) => hidePrivate(names.hide(hideInput ? hideInput(whole) : REDACTED)));
	const ofPlan = counted(hideKeys);
	return {
		...{ shows, text },
		lines: (texts) => {
			const lines = hideKeyLines(texts);
			count += lines.filter((line, index) => line !== texts[index]).length;
			return lines.map(text);
		},
		json: <Value extends Json>(value: Value) => hideIn(value, text),
		plan: <Value extends Json>(value: Value) => hideIn(value, ofPlan),
		error: (error) => hideError(error, shows, text),
		learnNames: ({ data }) => names.add("actor" in data ? personIn(data.actor) : []),
		redacted: () => count,
	};
}

function hideError({ message, detail }: StepError, { outputs, logs }: Shows, hide: Hide): StepError {
	if (!outputs) return { message: "What went wrong is not shown by this link." };
	return { message: hide(message), ...(logs && detail !== undefined && { detail: hide(detail) }) };
}

function hideIn<Value extends Json>(value: Value, hide: Hide): Value;
function hideIn(value: Json, hide: Hide): Json {
	if (typeof value === "string") return hide(value);
	if (typeof value === "number") return hideNumber(value, hide);
	if (Array.isArray(value)) return value.map((item) => hideIn(item, hide));
	if (!isObject(value)) return value;
	const isPair = isPrivatePair(value);
	const entries = Object.entries(value).map(([name, item]): [string, Json] => [
		hide(name),
		isPrivateName(name) || (isPair && PAIR_VALUE.test(name)) ? hideWhole(item, hide) : hideIn(item, hide),
	]);
	return Object.fromEntries(entries);
}

const PAIR_NAME = /^(?:name|key)$/i;
const PAIR_VALUE = /^(?:value|default)$/i;

/** `{ "name": "DB_PASSWORD", "value": … }`, as lists of headers and of environment variables are written. */
function isPrivatePair(value: JsonObject): boolean {
	return Object.entries(value).some(
		([name, item]) => PAIR_NAME.test(name) && typeof item === "string" && isPrivateName(item),
	);
}

function hideNumber(value: number, hide: Hide): Json {
	const text = String(value);
	const shown = hide(text);
	return shown === text ? value : shown;
}

/** A reference says where a value comes from, not what it is. */
function hideWhole(value: Json, hide: Hide): Json {
	if (typeof value === "string") return value === "" || value.includes("{{") ? hide(value) : REDACTED;
	return typeof value === "number" ? REDACTED : hideIn(value, hide);
}
