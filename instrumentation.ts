/** Next.js calls this once, when the web server starts. */
export async function register(): Promise<void> {
	if (process.env.NEXT_RUNTIME === "nodejs") {
		const { prepareShutdown } = await import("./instrumentation.node");
		prepareShutdown();
	}
}
