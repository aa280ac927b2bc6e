import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { BranchName, branchLabel } from "./branch-name";
import { indentOf, PhoneConnectors } from "./phone-connectors";
import type { PhoneRow } from "./phone-rows";

interface PhoneRowLineProps {
	row: PhoneRow;
	/** Nothing stands above it. */
	isFirst: boolean;
	/** What is read out, in place of what is seen. */
	said: string;
	icon: ReactNode;
	title: string;
	titleClassName?: string | undefined;
	/** A second line. */
	detail?: string | undefined;
	/** At the right. */
	end: ReactNode;
	onOpen: () => void;
	/** Below the row. */
	children?: ReactNode;
}

/** A step in the list of a phone, on its connections: of a plan at rest, or of a run. */
export function PhoneRowLine(props: PhoneRowLineProps) {
	const { row, isFirst, said, icon, title, titleClassName, detail, end, onOpen, children } = props;
	return (
		<li className="relative" style={indentOf(row)}>
			<PhoneConnectors row={row} first={isFirst} />
			<button
				type="button"
				className="relative grid min-h-11 w-full grid-cols-[24px_minmax(0,1fr)_auto] items-center gap-3 text-left"
				onClick={onOpen}
			>
				<span className="sr-only">
					{said}
					{branchLabel(row.branch)}
				</span>
				{icon}
				<span aria-hidden="true" className="min-w-0">
					<span className="flex min-w-0 items-center gap-1.5">
						<BranchName name={row.branch} />
						<span className={cn("truncate font-medium", titleClassName)}>{title}</span>
					</span>
					{detail && <span className="block truncate font-mono text-[12px] text-ink-3 leading-4">{detail}</span>}
				</span>
				{end}
			</button>
			{children}
		</li>
	);
}
