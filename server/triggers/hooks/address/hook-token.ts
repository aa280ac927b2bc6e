const ADDRESS = /^\/api\/hooks\/([\w-]{1,200})(?=$|\?)/;

/** The token of a request to an address of triggers, written without escapes; undefined for any other request. */
export function hookTokenOf(url: string): string | undefined {
	return ADDRESS.exec(url)?.[1];
}
