/**
 * A text as the font of pictures can draw it, at most `length` letters of it. Other letters and emoji would be asked for from
 * servers elsewhere: they go, and where little is left a word stands in.
 */
export function drawableText(text: string, length: number, otherwise: string): string {
	const letters = [
		...text
			.slice(0, 10 * length)
			.normalize("NFC")
			.replace(/\s+/g, " ")
			.trim(),
	];
	const drawable = letters.filter((letter) => /^[ -~\u00a1-\u017f‘’“”–—…•]$/.test(letter));
	const shown = drawable.join("").replace(/ {2,}/g, " ").trim();
	if (shown === "" || drawable.length * 2 < letters.length) return otherwise;
	return shown.length > length ? `${shown.slice(0, length - 1).trimEnd()}…` : shown;
}
