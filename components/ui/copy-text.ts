import { writeClipboard } from "./clipboard";
import { showDone, showError } from "./toasts/toaster";

/** Copies a text, and says so: `The value is copied`. */
export async function copyText(text: string, what: string): Promise<void> {
	try {
		await writeClipboard(text);
		showDone(`${what} is copied`);
	} catch {
		showError("The browser refused to copy. Allow it to use the clipboard, then try again.");
	}
}
