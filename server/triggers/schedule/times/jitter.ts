/** How much later than its time a schedule starts a run, in ms: the same for the same schedule and time everywhere. */
export function jitterOf({ id, time, seconds }: { id: string; time: number; seconds: number }): number {
	if (seconds === 0) return 0;
	return Math.floor((hash(`${id} ${time}`) / 0x1_0000_0000) * seconds * 1_000);
}

/** FNV-1a with a last mixing, 32 bits: spreads texts that differ in one digit. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
	return (value ^ (value >>> 13)) >>> 0;
}
