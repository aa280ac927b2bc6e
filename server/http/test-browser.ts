/** What a test's request brings along, in place of the one that `next/headers` reads. */
let sent = new Headers();
const jar = new Map<string, string>();

/** Begins anew, as a browser without cookies that sends these headers. */
export function openTestBrowser(init: Record<string, string> = {}): void {
	sent = new Headers(init);
	jar.clear();
}

export function setTestCookie(name: string, value: string): void {
	jar.set(name, value);
}

export function testCookies(): ReadonlyMap<string, string> {
	return jar;
}

/** For `vi.mock("next/headers", …)`. */
export const nextHeaders = {
	headers: async () => sent,
	cookies: async () => ({
		get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
		set: (name: string, value: string, { maxAge }: { maxAge?: number } = {}) =>
			maxAge === 0 ? jar.delete(name) : jar.set(name, value),
		delete: (name: string) => jar.delete(name),
		toString: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
	}),
};
