import { errorText } from "@/components/trpc/error-text";
import { showError } from "@/components/ui/toasts/toaster";

/** Shows why saving did not succeed: its errors say so in words of their own. */
export function showFailure(error: unknown): void {
	showError(error instanceof Error ? error.message : errorText(error));
}
