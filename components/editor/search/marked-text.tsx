/** The characters that were searched for, as a half-open range. */
export type Mark = readonly [from: number, to: number];

/** A text with the parts that a search matches marked. */
export function MarkedText({ text, marks }: { text: string; marks: readonly Mark[] }) {
	return (
		<span>
			{marks.map(([from, to], index) => (
				<span key={from}>
					{text.slice(marks[index - 1]?.[1] ?? 0, from)}
					<mark className="bg-transparent font-bold text-accent underline underline-offset-2">
						{text.slice(from, to)}
					</mark>
				</span>
			))}
			{text.slice(marks.at(-1)?.[1] ?? 0)}
		</span>
	);
}
