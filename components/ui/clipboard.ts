/** Both reject where the browser gives no clipboard at all, as on a page that came without https. */
export async function writeClipboard(text: string): Promise<void> {
	await navigator.clipboard.writeText(text);
}

export async function readClipboard(): Promise<string> {
	return await navigator.clipboard.readText();
}
