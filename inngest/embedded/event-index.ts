import { isTrue } from "./expression";

export interface ReceivedEvent {
	id: string;
	name: string;
	data: unknown;
	ts: number;
	[key: string]: unknown;
}

/** Somebody waits for an event: a `waitForEvent` step, or a `cancelOn` of a run. */
export interface Subscription {
	event: string;
	/** CEL over `event` (what started the run) and `async` (what arrives); none for any event of the name. */
	if?: string;
	/** The event that started the run, as JSON. */
	origin: string;
	onMatch: (event: ReceivedEvent) => void;
}

/**
 * Finds the subscriptions that an event matches. The usual `event.a.b == async.c.d` is looked up by value, so that ten
 * thousand waiting runs cost an event no more than one; other expressions are evaluated one by one.
 */
export class EventIndex {
	#byValue = new Map<string, Map<string, Set<Subscription>>>();
	#paths = new Map<string, Map<string, number>>();
	#others = new Map<string, Set<Subscription>>();

	add(subscription: Subscription): () => void {
		const equality = readEquality(subscription);
		if (!equality) return this.#addOther(subscription);
		const { path, value } = equality;
		const paths = getOrAdd(this.#paths, subscription.event, () => new Map<string, number>());
		const values = getOrAdd(
			this.#byValue,
			`${subscription.event}\n${path}`,
			() => new Map<string, Set<Subscription>>(),
		);
		const set = getOrAdd(values, value, () => new Set<Subscription>());
		set.add(subscription);
		paths.set(path, (paths.get(path) ?? 0) + 1);
		return () => {
			if (!set.delete(subscription)) return;
			if (set.size === 0) values.delete(value);
			const left = (paths.get(path) ?? 1) - 1;
			if (left > 0) paths.set(path, left);
			else {
				paths.delete(path);
				this.#byValue.delete(`${subscription.event}\n${path}`);
			}
		};
	}

	match(event: ReceivedEvent): Subscription[] {
		const found: Subscription[] = [];
		for (const path of this.#paths.get(event.name)?.keys() ?? []) {
			const values = this.#byValue.get(`${event.name}\n${path}`);
			found.push(...(values?.get(readValue(event, path)) ?? []));
		}
		for (const subscription of this.#others.get(event.name) ?? []) {
			if (subscription.if === undefined) found.push(subscription);
			else if (isTrue(subscription.if, { event: JSON.parse(subscription.origin), async: event }))
				found.push(subscription);
		}
		return found;
	}

	has(eventName: string): boolean {
		return this.#paths.has(eventName) || this.#others.has(eventName);
	}

	#addOther(subscription: Subscription): () => void {
		const set = getOrAdd(this.#others, subscription.event, () => new Set<Subscription>());
		set.add(subscription);
		return () => {
			set.delete(subscription);
			if (set.size === 0 && this.#others.get(subscription.event) === set) this.#others.delete(subscription.event);
		};
	}
}

const EQUALITY = /^\s*event((?:\.[A-Za-z_]\w*)+)\s*==\s*async((?:\.[A-Za-z_]\w*)+)\s*$/;

function readEquality(subscription: Subscription): { path: string; value: string } | undefined {
	const [, mine, theirs] = EQUALITY.exec(subscription.if ?? "") ?? [];
	if (mine === undefined || theirs === undefined) return undefined;
	return { path: theirs, value: readValue(JSON.parse(subscription.origin), mine) };
}

/** The value at `.a.b` as text that is equal for equal values; a missing key is null. */
function readValue(root: unknown, path: string): string {
	let at = root;
	for (const key of path.slice(1).split(".")) {
		at = typeof at === "object" && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : null;
	}
	return JSON.stringify(at ?? null);
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
