import { Braces } from "lucide-react";
import { Fragment } from "react";
import { cn } from "@/components/ui/class-names";
import { choicesOf, type Reference, writeChoices } from "@/server/plan/expressions/reference";

interface ReferenceBackdropProps {
	text: string;
	references: readonly Reference[];
	isBroken: (path: readonly string[]) => boolean;
	/** How far the input is scrolled, in pixels. */
	scroll: number;
	className?: string;
}

/** While it is typed in: the text of an input behind it, letter under letter, with its references on a tint. */
export function ReferenceBackdrop({ text, references, isBroken, scroll, className }: ReferenceBackdropProps) {
	return (
		<span
			aria-hidden="true"
			className={cn(
				"pointer-events-none absolute inset-y-0 left-0 hidden items-center whitespace-pre group-focus-within/reference:flex",
				className,
			)}
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

type ReferenceLineProps = Omit<ReferenceBackdropProps, "scroll">;

/** While nobody types in it: the same text with its references as chips. What is too long keeps its end in view. */
export function ReferenceLine({ text, references, isBroken, className }: ReferenceLineProps) {
	return (
		<span
			aria-hidden="true"
			className={cn(
				"pointer-events-none absolute inset-0 flex items-center overflow-hidden group-focus-within/reference:hidden",
				className,
			)}
		>
			{references.map((reference, index) => (
				<Fragment key={reference.start}>
					<Words text={text.slice(references[index - 1]?.end ?? 0, reference.start)} />
					<Chip reference={reference} isBroken={choicesOf(reference).some(({ path }) => isBroken(path))} />
				</Fragment>
			))}
			<Words text={text.slice(references.at(-1)?.end ?? 0)} />
		</span>
	);
}

function Chip({ reference, isBroken }: { reference: Reference; isBroken: boolean }) {
	return (
		<span
			data-broken={isBroken || undefined}
			className="group/chip inline-flex h-[18px] min-w-8 items-center gap-1 rounded-1 bg-accent-soft px-[5px] font-mono text-11 text-accent data-broken:bg-failed-soft data-broken:text-failed"
		>
			<Braces className="size-2.5 flex-none" strokeWidth={2.25} />
			<span className="min-w-0 truncate [direction:rtl] group-data-broken/chip:underline group-data-broken/chip:decoration-1 group-data-broken/chip:decoration-wavy group-data-broken/chip:underline-offset-2">
				<bdi dir="ltr">{writeChoices(reference)}</bdi>
			</span>
		</span>
	);
}

const SHORT = 4;

function Words({ text }: { text: string }) {
	if (text === "") return null;
	// A few letters take no more room than the dots in their place.
	return <span className={cn("whitespace-pre", text.length > SHORT && "min-w-0 truncate")}>{text}</span>;
}
