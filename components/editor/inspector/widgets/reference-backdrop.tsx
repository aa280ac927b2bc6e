import { cn } from "@/components/ui/class-names";
import { choicesOf, type Reference } from "@/server/plan/reference";

interface ReferenceBackdropProps {
	text: string;
	references: readonly Reference[];
	isBroken: (path: readonly string[]) => boolean;
	/** How far the input is scrolled, in pixels. */
	scroll: number;
	className?: string;
}

/** The text of an input behind it, letter under letter, with its references on a tint. */
export function ReferenceBackdrop({ text, references, isBroken, scroll, className }: ReferenceBackdropProps) {
	return (
		<span
			aria-hidden="true"
			className={cn("pointer-events-none absolute inset-y-0 left-0 flex items-center whitespace-pre", className)}
			style={{ transform: `translateX(${-scroll}px)` }}
		>
			<span>
				{references.map((reference, index) => (
					<span key={reference.start}>
						{text.slice(references[index - 1]?.end ?? 0, reference.start)}
						<span
							data-broken={choicesOf(reference).some(({ path }) => isBroken(path)) || undefined}
							className={cn(
								"rounded-1 bg-accent-soft py-0.5 text-accent",
								"data-broken:bg-failed-soft data-broken:text-failed data-broken:underline data-broken:decoration-1 data-broken:decoration-wavy data-broken:underline-offset-2",
							)}
						>
							{text.slice(reference.start, reference.end)}
						</span>
					</span>
				))}
				{text.slice(references.at(-1)?.end ?? 0)}
			</span>
		</span>
	);
}
