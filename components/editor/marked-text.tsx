/** A text with the part that a search matches marked. */
export function MarkedText({ text, search }: { text: string; search: string }) {
	const wanted = search.trim().toLowerCase();
	const at = wanted === "" ? -1 : text.toLowerCase().indexOf(wanted);
	if (at < 0) return <span>{text}</span>;
	return (
		<span>
			{text.slice(0, at)}
			<mark className="bg-transparent font-bold text-accent underline underline-offset-2">
				{text.slice(at, at + wanted.length)}
			</mark>
			{text.slice(at + wanted.length)}
		</span>
	);
}
