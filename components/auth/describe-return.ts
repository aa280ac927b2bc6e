/** What waits on the page to return to, as the rest of "Then you can …"; undefined where it goes without saying. */
export function describeReturn(path: string): string | undefined {
	if (/^\/share\/[^/]+\/clone$/.test(path)) return "clone the shared workflow";
	if (/^\/templates\/[^/]+\/use$/.test(path)) return "use the template";
	return undefined;
}
