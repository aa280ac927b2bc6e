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
