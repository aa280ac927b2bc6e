import type { Sql } from "@/db/client";

/** Where a worker crashes: at its n-th statement, before it reaches the database or after it has been done. */
export interface Crash {
	statement: number;
	when: "before" | "after";
}

/** A worker's connection for tests: after the crash no query is answered, as if the process had died. */
export interface CrashingSql {
	sql: Sql;
	crashed: Promise<void>;
	/** Resolves when the statements in flight have ended. */
	settled(): Promise<void>;
	/** Statements so far. */
	count(): number;
}

export function createCrashingSql(sql: Sql, crash?: Crash): CrashingSql {
	let count = 0;
	let hasCrashed = false;
	let crashNow: () => void = () => {};
	const crashed = new Promise<void>((resolve) => {
		crashNow = () => {
			hasCrashed = true;
			resolve();
		};
	});
	const underWay = new Set<Promise<unknown>>();

	function live<Answer>(statement: () => Promise<Answer>): Promise<Answer> {
		const isLast = ++count === crash?.statement;
		if (isLast && crash?.when === "before") crashNow();
		if (hasCrashed) return new Promise(() => {});
		const done = statement();
		const settled = Promise.allSettled([done]).finally(() => underWay.delete(settled));
		underWay.add(settled);
		return new Promise((resolve, reject) => {
			const unlessCrashed = (report: () => void) => {
				if (isLast) crashNow();
				if (!hasCrashed) report();
			};
			done.then(
				(answer) => unlessCrashed(() => resolve(answer)),
				(error) => unlessCrashed(() => reject(error)),
			);
		});
	}

	const crashing = new Proxy(sql, {
		apply: (target, self, args) =>
			isFragment(args[0])
				? Reflect.apply(target, self, args)
				: live(async () => await Reflect.apply(target, self, args)),
		get(target, key) {
			if (key !== "begin") return Reflect.get(target, key);
			return (work: Parameters<Sql["begin"]>[1]) => live(() => target.begin("", work));
		},
	});
	return { sql: crashing, crashed, settled: async () => void (await Promise.all(underWay)), count: () => count };
}

/** Whether a template is a part of a statement: those begin with a verb. */
export function isFragment(template: readonly string[]): boolean {
	return !/^\s*(with|select|insert|update|delete)\b/.test(template[0] ?? "");
}
