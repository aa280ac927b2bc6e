import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";
import { Brand } from "./mark";

interface MessagePageProps {
	title: string;
	/** The next step. */
	action: ReactNode;
	children: ReactNode;
}

/** A page that says one thing: it is not here, or it went wrong. */
export function MessagePage({ title, action, children }: MessagePageProps) {
	return (
		<div className="grid min-h-dvh grid-rows-[64px_1fr_64px]">
			<header className="flex items-center px-8 phone:px-4">
				<Brand />
			</header>
			<main className="grid place-items-center">
				<EmptyState heading="h1" title={title} action={action}>
					{children}
				</EmptyState>
			</main>
		</div>
	);
}
