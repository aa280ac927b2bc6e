/**
 * Makes a value once in this process. A bundler may load a module several times (pages, route handlers and
 * instrumentation are bundles of their own), so what must exist once is kept beside the modules.
 */
export function oncePerProcess<T>(name: string, make: () => T): T {
	const key = Symbol.for(`weft.${name}`);
	const kept: { value: T } | undefined = Reflect.get(globalThis, key);
	if (kept) return kept.value;
	const value = make();
	Reflect.set(globalThis, key, { value });
	return value;
}

/** For tests that share a process: what has been made is made anew, but for the threads, which know nothing. */
export function forgetOncePerProcess(): void {
	for (const key of Object.getOwnPropertySymbols(globalThis)) {
		const name = key.description ?? "";
		if (name.startsWith("weft.") && name !== "weft.threads") Reflect.deleteProperty(globalThis, key);
	}
}
