"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/class-names";

interface RowNameProps {
	label: string;
	name: string;
	/** The names of all rows. */
	taken: readonly string[];
	onRename: (name: string) => void;
	className?: string;
	/** The rest of the line. */
	children: ReactNode;
}

/** A row that begins with its name. One that another row has waits here until it is different: nothing is overwritten while typing. */
export function NamedLine({ label, name, taken, onRename, className, children }: RowNameProps) {
	const [typed, setTyped] = useState<string | null>(null);
	const noteId = useId();
	const clash = typed !== null && typed !== name && taken.includes(typed);
	return (
		<>
			<div className="group/line flex items-center">
				<input
					aria-label={label}
					aria-invalid={clash || undefined}
					aria-describedby={clash ? noteId : undefined}
					value={typed ?? name}
					placeholder="name"
					autoComplete="off"
					spellCheck={false}
					className={cn(
						"h-7 min-w-0 bg-transparent px-2.5 font-mono text-11 outline-none focus:shadow-[inset_0_0_0_2px_var(--focus)] aria-invalid:text-failed phone:h-11 phone:text-[16px]",
						className,
					)}
					onChange={({ target: { value } }) => {
						setTyped(value);
						if (value !== name && !taken.includes(value)) onRename(value);
					}}
					onBlur={() => setTyped(null)}
				/>
				{children}
			</div>
			{clash && (
				<p id={noteId} role="alert" className="flex gap-1.5 px-2.5 pb-1.5 text-12 text-failed">
					<CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
					Another row has this name. Enter a different one.
				</p>
			)}
		</>
	);
}
