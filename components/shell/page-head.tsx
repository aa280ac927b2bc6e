import type { ReactNode } from "react";

interface PageHeadProps {
	title: ReactNode;
	/** How many there are, beside the title. */
	count?: number;
	actions?: ReactNode;
}

export function PageHead({ title, count, actions }: PageHeadProps) {
	return (
		<header className="flex h-12 flex-none items-center gap-3 border-line border-b px-5 phone:h-13 phone:bg-page phone:pr-2 phone:pl-4">
			<h1 className="min-w-0 truncate phone:text-[17px]">{title}</h1>
			{count !== undefined && <span className="text-ink-3 tabular-nums">{count}</span>}
			{actions && <div className="ml-auto flex items-center gap-2 phone:gap-1">{actions}</div>}
		</header>
	);
}
