/**
 * Does some work under a signal that is aborted with `outer`, or by the work's own controller; the link ends with the
 * work. `AbortSignal.any` has no such end: on Node 20 it is kept for as long as one of its listeners is.
 */
export async function withLinkedAbort<Answer>(
	outer: AbortSignal,
	work: (controller: AbortController) => Promise<Answer>,
): Promise<Answer> {
	const controller = new AbortController();
	const onAbort = () => controller.abort(outer.reason);
	outer.addEventListener("abort", onAbort, { once: true });
	if (outer.aborted) onAbort();
	try {
		return await work(controller);
	} finally {
		outer.removeEventListener("abort", onAbort);
	}
}
