import type { ReactNode } from "react";

interface PanelHeadProps {
	/** A tile before the title. */
	icon?: ReactNode;
	title: string;
	/** Under the title: an id and a type, or revisions. */
	caption?: string;
	/** Buttons at the right. */
	children?: ReactNode;
}

/** What a side panel is about. */
export function PanelHead({ icon, title, caption, children }: PanelHeadProps) {
	return (
		<header className="flex h-14 flex-none items-center gap-2.5 pr-3 pl-4">
			{icon}
			<div className="min-w-0 flex-1">
				<h2 className="truncate font-semibold leading-[18px]" title={title}>
					{title}
				</h2>
				{caption && (
					<div className="truncate font-mono text-11 text-ink-3" title={caption}>
						{caption}
					</div>
				)}
			</div>
			{children}
		</header>
	);
}
