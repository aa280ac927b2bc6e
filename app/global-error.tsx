"use client";

import { ThemeKeeper } from "@/components/ui/theme/theme-keeper";
import "./globals.css";

/** Stands in for the whole page when even its frame fails, so it uses nothing of ours but the styles. */
export default function GlobalError({ reset }: { reset: () => void }) {
	return (
		<html lang="en" data-theme="light">
			<body className="grid min-h-dvh place-content-center justify-items-center gap-3 p-5 text-center">
				<h1>Weft could not be loaded</h1>
				<p className="text-ink-2">Nothing is lost: workflows and runs go on without this page.</p>
				<button type="button" onClick={reset} className="h-8 rounded-2 bg-accent px-3 font-medium text-on-accent">
					Try again
				</button>
				<ThemeKeeper />
			</body>
		</html>
	);
}
