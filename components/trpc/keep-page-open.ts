import { onlineManager } from "@tanstack/react-query";
import { showWaiting } from "../ui/toaster";

const STAYS = "You are offline. This page stays open. Go on when the connection is back.";

/** A link that is followed without a connection would leave the page for the browser's own error page. */
export function keepPageOpen(): () => void {
	const stay = (event: MouseEvent) => {
		if (onlineManager.isOnline() || !leaves(event)) return;
		event.preventDefault();
		event.stopPropagation();
		showWaiting(STAYS);
	};
	document.addEventListener("click", stay, { capture: true });
	return () => document.removeEventListener("click", stay, { capture: true });
}

function leaves({ target, metaKey, ctrlKey, shiftKey }: MouseEvent): boolean {
	const link = target instanceof Element ? target.closest("a") : null;
	if (!link || link.target || link.hasAttribute("download") || metaKey || ctrlKey || shiftKey) return false;
	return link.origin === location.origin;
}
