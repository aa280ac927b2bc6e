/** As many as the server hands out. White text on each reaches 4.5:1, and each stands out on both canvases. */
const COLORS = ["#2f6f8f", "#8a5a2b", "#7a4a73", "#4c6b3c", "#a3423c", "#4d5a8c", "#6b5b4b", "#2e7468"];

/** The color of a person's outlines and avatar, from the number that the server gave them. */
export function visitorColor(number: number): string {
	return COLORS[number % COLORS.length] ?? "#6b5b4b";
}
