/** How many colors people have on a canvas; what they look like is the theme's matter. */
export const VISITOR_COLORS = 8;

/**
 * A color, by its number, for each person: everybody's own, made from their id so that it stays the same from day to
 * day; whoever comes later takes the next free one.
 */
export function assignColors(userIds: readonly string[]): Map<string, number> {
	const colors = new Map<string, number>();
	for (const id of userIds) {
		if (colors.has(id)) continue;
		const taken = new Set(colors.values());
		let color = ownColor(id);
		for (let tried = 0; tried < VISITOR_COLORS && taken.has(color); tried += 1) color = (color + 1) % VISITOR_COLORS;
		colors.set(id, color);
	}
	return colors;
}

function ownColor(id: string): number {
	let hash = 0;
	for (const character of id) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
	return hash % VISITOR_COLORS;
}
