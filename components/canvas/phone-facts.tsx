import type { ReactNode } from "react";

/** What one wants to know at a glance, in a row under the drawing's strip. */
export function PhoneFacts({ children }: { children: ReactNode }) {
	return (
		<dl className="flex flex-none gap-5 overflow-x-auto border-line-soft border-b bg-page px-4 py-2.5 text-12 tabular-nums">
			{children}
		</dl>
	);
}

export function PhoneFact({ name, children }: { name: string; children: ReactNode }) {
	return (
		<div className="whitespace-nowrap">
			<dt className="text-ink-3">{name}</dt>
			<dd className="font-medium">{children}</dd>
		</div>
	);
}
