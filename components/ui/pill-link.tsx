import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./class-names";

interface PillLinkProps {
	href: string;
	/** Whether it leads to what is shown. */
	on: boolean;
	/** What that is: another page, or the same one shown otherwise. */
	current?: "page" | "true";
	className?: string;
	children: ReactNode;
}

/** One of several links of which the one that is shown stands out. */
export function PillLink({ href, on, current = "true", className, children }: PillLinkProps) {
	return (
		<Link
			href={href}
			aria-current={on ? current : undefined}
			className={cn(
				"flex h-7 flex-none items-center gap-1.5 rounded-2 px-2.5 font-medium text-12 transition-colors phone:h-11",
				on ? "bg-fill-2 text-ink" : "text-ink-2 hover:bg-fill hover:text-ink",
				className,
			)}
		>
			{children}
		</Link>
	);
}
