/** Says that what was wanted could not be loaded. */
export function LoadFailure() {
	return (
		<p
			role="alert"
			className="fixed inset-x-0 bottom-6 z-50 mx-auto w-fit max-w-full rounded-3 border border-line bg-panel px-4 py-2 text-12 shadow-2"
		>
			This could not be loaded. Check your connection, then press again.
		</p>
	);
}
