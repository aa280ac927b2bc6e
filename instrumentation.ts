import type { Instrumentation } from "next";

/** Next.js calls this once, when the web server starts. */
export async function register(): Promise<void> {
	if (process.env.NEXT_RUNTIME === "nodejs") {
		const { prepareServer } = await import("./instrumentation.node");
		prepareServer();
	}
}

/** Next.js calls this with what a page, a route or an action has thrown. */
export const onRequestError: Instrumentation.onRequestError = async (error, { path, method }, { routeType }) => {
	if (process.env.NEXT_RUNTIME === "nodejs") {
		const { logError } = await import("./server/observability/log-error");
		logError(error, "A request failed", { part: "web", method, path: path.split("?")[0], routeType });
	}
};
