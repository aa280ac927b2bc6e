import type { Sql } from "@/db/client";

/** Where a worker dies: at its so many-th statement, before it reaches the database or after it has been done. */
export interface Fate {
	statement: number;
	when: "before" | "after";
}

/** A worker's connection for tests: from its death on it answers nothing more, as if the process were gone. */
export interface MortalSql {
	sql: Sql;
	died: Promise<void>;
	/** Resolves when the statements that were under way have been done. */
	settled(): Promise<void>;
	/** Statements so far. */
	count(): number;
}

export function createMortalSql(sql: Sql, fate?: Fate): MortalSql {
	let count = 0;
	let isDead = false;
	let die: () => void = () => {};
	const died = new Promise<void>((resolve) => {
		die = () => {
			isDead = true;
			resolve();
		};
	});
	const underWay = new Set<Promise<unknown>>();

	function live<Answer>(statement: () => Promise<Answer>): Promise<Answer> {
		const isLast = ++count === fate?.statement;
		if (isLast && fate?.when === "before") die();
		if (isDead) return new Promise(() => {});
		const done = statement();
		const settled = Promise.allSettled([done]).finally(() => underWay.delete(settled));
		underWay.add(settled);
		return new Promise((resolve, reject) => {
			const unlessDead = (report: () => void) => {
				if (isLast) die();
				if (!isDead) report();
			};
			done.then(
				(answer) => unlessDead(() => resolve(answer)),
				(error) => unlessDead(() => reject(error)),
			);
		});
	}

	const mortal = new Proxy(sql, {
		apply: (target, self, args) => live(async () => await Reflect.apply(target, self, args)),
		get(target, key) {
			if (key !== "begin") return Reflect.get(target, key);
			return (work: Parameters<Sql["begin"]>[1]) => live(() => target.begin("", work));
		},
	});
	return { sql: mortal, died, settled: async () => void (await Promise.all(underWay)), count: () => count };
}
