import { isTrue } from "./expression";

export interface ReceivedEvent {
	id: string;
	name: string;
	data: unknown;
	ts: number;
	[key: string]: unknown;
}

/** A wait for an event: of a `waitForEvent` step, or of a run's `cancelOn`. */
export interface Subscription {
	event: string;
	/** CEL over `event` (what started the run) and `async` (what arrives); none for any event of the name. */
	if?: string;
	/** The event that started the run, as JSON. */
	origin: string;
	onMatch: (event: ReceivedEvent) => void;
}

interface Entry {
	subscription: Subscription;
	/** Whether the lookup by value decides the match, without an evaluation of the expression. */
	isCertain: boolean;
}

/**
 * Finds the subscriptions that an event matches. The usual `event.a.b == async.c.d` and `async.c.d == "text" && …` are
 * looked up by value, so that ten thousand waiting runs cost an event no more than one; other expressions are evaluated
 * one by one.
 */
export class EventIndex {
	/** By event name, the path in the event, and the value wanted there; the path is empty for other expressions. */
	#buckets = new Map<string, Set<Entry>>();
	/** How many subscriptions there are, by event name and path. */
	#paths = new Map<string, Map<string, number>>();

	/** @returns a function that ends the subscription */
	add(subscription: Subscription): () => void {
		const { path, value, isCertain } = readEquality(subscription) ?? readFirstEquality(subscription) ?? ANY;
		const entry = { subscription, isCertain };
		const key = bucketKey(subscription.event, path, value);
		const bucket = this.#buckets.get(key) ?? new Set();
		this.#buckets.set(key, bucket.add(entry));
		this.#count(subscription.event, path, 1);
		return () => {
			if (!bucket.delete(entry)) return;
			if (bucket.size === 0) this.#buckets.delete(key);
			this.#count(subscription.event, path, -1);
		};
	}

	match(event: ReceivedEvent): Subscription[] {
		return [...(this.#paths.get(event.name)?.keys() ?? [])].flatMap((path) => {
			const bucket = this.#buckets.get(bucketKey(event.name, path, path === "" ? "" : readValue(event, path)));
			return [...(bucket ?? [])].flatMap(({ subscription, isCertain }) =>
				isCertain || accepts(subscription, event) ? [subscription] : [],
			);
		});
	}

	has(eventName: string): boolean {
		return this.#paths.has(eventName);
	}

	#count(eventName: string, path: string, change: 1 | -1): void {
		const counts = this.#paths.get(eventName) ?? new Map<string, number>();
		const count = (counts.get(path) ?? 0) + change;
		if (count > 0) counts.set(path, count);
		else counts.delete(path);
		if (counts.size > 0) this.#paths.set(eventName, counts);
		else this.#paths.delete(eventName);
	}
}

function bucketKey(eventName: string, path: string, value: string): string {
	return `${eventName}\n${path}\n${value}`;
}

function accepts(subscription: Subscription, event: ReceivedEvent): boolean {
	if (subscription.if === undefined) return true;
	return isTrue(subscription.if, { event: JSON.parse(subscription.origin), async: event });
}

const PATH = String.raw`((?:\.[A-Za-z_]\w*)+)`;
const EQUALITY = new RegExp(`^\\s*(?:event${PATH}\\s*==\\s*async${PATH}|async${PATH}\\s*==\\s*event${PATH})\\s*$`);

/** What must be true of an event, in part or in whole. */
interface Equality {
	path: string;
	value: string;
	isCertain: boolean;
}

const ANY: Equality = { path: "", value: "", isCertain: false };

const FIRST_EQUALITY = new RegExp(String.raw`^\s*async${PATH}\s*==\s*("(?:[^"\\]|\\["\\/bfnrt])*")\s*(&&.*)?$`, "s");

/** The first of several conditions that must all be true, where it compares with a text. */
function readFirstEquality(subscription: Subscription): Equality | undefined {
	const [, path, literal, rest = ""] = FIRST_EQUALITY.exec(subscription.if ?? "") ?? [];
	if (path === undefined || literal === undefined || /\|\||\?/.test(rest)) return undefined;
	return { path, value: JSON.stringify(JSON.parse(literal)), isCertain: rest === "" };
}

function readEquality(subscription: Subscription): Equality | undefined {
	const match = EQUALITY.exec(subscription.if ?? "");
	const mine = match?.[1] ?? match?.[4];
	const theirs = match?.[2] ?? match?.[3];
	if (mine === undefined || theirs === undefined) return undefined;
	return { path: theirs, value: readValue(JSON.parse(subscription.origin), mine), isCertain: true };
}

/** The value at `.a.b` as text that is equal for equal values; a missing key is null. */
function readValue(root: unknown, path: string): string {
	let at = root;
	for (const key of path.slice(1).split(".")) at = Object.getOwnPropertyDescriptor(Object(at), key)?.value;
	return JSON.stringify(at ?? null);
}
