/** As a sentence goes on: `New step` becomes `new step`, while `HTTP` stays. */
export function lowerFirst(text: string): string {
	return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
