/** Something that must happen again and again although nobody asks for it. Safe to run on several workers at once. */
export interface Chore {
	/** What it does, in a verb and a noun: the name in logs and in the health report. */
	name: string;
	/** From the end of one time to the beginning of the next; a failing chore waits longer. */
	everyMs: number;
	run(): Promise<unknown>;
}
