import { onlineManager } from "@tanstack/react-query";

const ASK_AGAIN_MS = 5_000;

/** Keeps calls waiting while the server is out of reach. A browser without a network still reaches one on its own machine. */
export function watchConnection(): void {
	onlineManager.setEventListener((setOnline) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const look = async () => {
			clearTimeout(timer);
			const isReached = navigator.onLine || (await reachesServer());
			setOnline(isReached);
			if (!isReached) timer = setTimeout(look, ASK_AGAIN_MS);
		};
		addEventListener("online", look);
		addEventListener("offline", look);
		return () => {
			clearTimeout(timer);
			removeEventListener("online", look);
			removeEventListener("offline", look);
		};
	});
}

async function reachesServer(): Promise<boolean> {
	try {
		await fetch("/api/health", { method: "HEAD", cache: "no-store" });
		return true;
	} catch {
		return false;
	}
}
