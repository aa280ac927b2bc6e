import type { DemoLine } from "./demo-writer";

type Trigger = Extract<DemoLine, { do: "trigger" }>["trigger"];

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const UNITS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };
const EVERY_SO_MANY = /(?<!for )\b(?:every|each)\s(\d{1,3})\s(minute|hour|day)s?\b/i;
const EVERY =
	/(?<!for )\b(?:(?:every|each|on)\s)?(?:(?:every|each)\s(minute|hour|day|night|morning|evening|weekday|working day|week|month|sunday|monday|tuesday|wednesday|thursday|friday|saturday)|(daily|nightly|hourly|weekly|monthly)|on\s(weekdays|sundays|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays)|on\sthe\s(first)\s(?:day\s)?of\s(?:the|each|every)\s(?:month)|(once a day|once an hour|once a week))\b(?!-)/i;
const AT = /\s?\bat\s(noon|midnight|\d{1,2}(?:[:.]\d{2})?)(?:\s?(am|pm)\b|\so['’]clock)?/i;
const ZONE = /\s?\(?(?:\bin\s)?\b((?:Africa|America|Asia|Australia|Europe|Pacific)\/[A-Za-z_]{2,40})(?:\stime)?\)?/;

/** The schedule that a text names, and the text without it. */
export function readSchedule(text: string): { trigger?: Trigger; rest: string } {
	const zone = ZONE.exec(text);
	const often = EVERY_SO_MANY.exec(text);
	const base = { type: "schedule" as const, id: "schedule", ...(zone?.[1] && { timeZone: zone[1] }) };
	if (often) {
		const trigger = { ...base, ...interval(Number(often[1]), often[2]?.toLowerCase() ?? "day") };
		return { trigger, rest: without(text, [often[0], zone?.[0]]) };
	}
	const match = EVERY.exec(text);
	if (!match) return { rest: text };
	const at = AT.exec(text);
	const word = match.slice(1).find((part) => part !== undefined) ?? "day";
	const trigger = { ...base, cron: toCron(word.toLowerCase(), readTime(at)) };
	return { trigger, rest: without(text, [match[0], at?.[0], zone?.[0]]) };
}

function without(text: string, parts: (string | undefined)[]): string {
	return parts.reduce<string>((before, part) => (part ? before.replace(part, " ") : before), text);
}

function interval(count: number, unit: string): { cron: string } | { everySeconds: number } {
	const whole = Math.max(1, count);
	if (unit === "minute" && 60 % whole === 0 && whole < 60) return { cron: `*/${whole} * * * *` };
	if (unit === "hour" && 24 % whole === 0 && whole < 24) return { cron: `0 */${whole} * * *` };
	return { everySeconds: whole * (UNITS[unit] ?? 86_400) };
}

interface Time {
	hour: number;
	minute: number;
}

function readTime(match: RegExpExecArray | null): Time | undefined {
	const [, text = "", half = ""] = match ?? [];
	if (text === "") return undefined;
	if (/noon/i.test(text)) return { hour: 12, minute: 0 };
	if (/midnight/i.test(text)) return { hour: 0, minute: 0 };
	const [hour = 0, minute = 0] = text.split(/[:.]/).map(Number);
	const isAfternoon = /pm/i.test(half);
	const shifted = isAfternoon && hour < 12 ? hour + 12 : /am/i.test(half) && hour === 12 ? 0 : hour;
	return { hour: Math.min(23, shifted), minute: Math.min(59, minute) };
}

/** Without a time of day: nine in the morning, or two at night. */
function toCron(word: string, time: Time | undefined): string {
	if (word === "minute") return "* * * * *";
	if (/hour/.test(word)) return "0 * * * *";
	const { hour, minute } = time ?? { hour: /night/.test(word) ? 2 : word === "evening" ? 18 : 9, minute: 0 };
	const clock = `${minute} ${hour}`;
	const day = DAYS.findIndex((name) => word.startsWith(name));
	if (day >= 0) return `${clock} * * ${day}`;
	if (/weekday|working/.test(word)) return `${clock} * * 1-5`;
	if (/week/.test(word)) return `${clock} * * 1`;
	return /month|first/.test(word) ? `${clock} 1 * *` : `${clock} * * *`;
}
