/** What was taken from a queue counts as running in its groups until it is released, once. */
export interface Taken<Item> {
	item: Item;
	release(): void;
}

export interface TakeOptions<Item> {
	/** Whether an item may be taken now; one that may not keeps its place. */
	accept?: (item: Item) => boolean;
	/** Outermost groups with so many running items, or more, are passed over. */
	mostRunning?: number;
}

/**
 * Shares slots fairly. Each item stands in nested groups, named from the outermost in (a team, then a workflow). On every
 * level the group with the fewest running items comes first, of equal ones the one that was served longest ago; within the
 * innermost group, whoever came first. So whoever has nothing running waits for one slot, however many items others have.
 */
export class FairQueue<Item> {
	#root = new Group<Item>();

	/** Items that wait. */
	get size(): number {
		return this.#root.waiting;
	}

	/** Outermost groups in which an item waits or runs. */
	get groups(): number {
		return this.#root.children.size;
	}

	add(path: readonly string[], item: Item): void {
		let group = this.#root;
		group.waiting += 1;
		for (const name of path) {
			group = group.child(name);
			group.waiting += 1;
		}
		group.items.add(item);
	}

	take({
		accept = () => true,
		mostRunning = Number.POSITIVE_INFINITY,
	}: TakeOptions<Item> = {}): Taken<Item> | undefined {
		const trail = this.#root.take(accept, mostRunning);
		if (trail === undefined) return undefined;
		let isReleased = false;
		return {
			item: trail.item,
			release: () => {
				if (isReleased) return;
				isReleased = true;
				this.#root.release(trail.path);
			},
		};
	}

	clear(): void {
		this.#root = new Group();
	}
}

/** A way down to an item: the names of its groups, the outermost first. */
interface Trail<Item> {
	item: Item;
	path: string[];
}

class Group<Item> {
	waiting = 0;
	running = 0;
	/** The one that was served longest ago comes first. */
	readonly children = new Map<string, Group<Item>>();
	readonly items = new Set<Item>();

	child(name: string): Group<Item> {
		const known = this.children.get(name);
		if (known) return known;
		const fresh = new Group<Item>();
		this.children.set(name, fresh);
		return fresh;
	}

	take(accept: (item: Item) => boolean, mostRunning: number): Trail<Item> | undefined {
		const trail = this.#takeOwn(accept) ?? this.#takeInside(accept, mostRunning);
		if (trail) this.waiting -= 1;
		return trail;
	}

	release([name, ...inner]: readonly string[]): void {
		if (name === undefined) return;
		const group = this.children.get(name);
		if (!group) return;
		group.running -= 1;
		group.release(inner);
		if (group.waiting === 0 && group.running === 0) this.children.delete(name);
	}

	#takeOwn(accept: (item: Item) => boolean): Trail<Item> | undefined {
		for (const item of this.items) {
			if (!accept(item)) continue;
			this.items.delete(item);
			return { item, path: [] };
		}
		return undefined;
	}

	#takeInside(accept: (item: Item) => boolean, mostRunning: number): Trail<Item> | undefined {
		const candidates = [...this.children].filter(([, { waiting, running }]) => waiting > 0 && running < mostRunning);
		candidates.sort(([, a], [, b]) => a.running - b.running);
		for (const [name, group] of candidates) {
			const trail = group.take(accept, Number.POSITIVE_INFINITY);
			if (!trail) continue;
			group.running += 1;
			this.children.delete(name);
			this.children.set(name, group);
			return { item: trail.item, path: [name, ...trail.path] };
		}
		return undefined;
	}
}
