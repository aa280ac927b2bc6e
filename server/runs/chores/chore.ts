/** A periodic task. Safe to run on several workers at once. */
export interface Chore {
	/** A verb and a noun: the name in logs and in the health report. */
	name: string;
	/** From the end of one execution to the start of the next; one that failed comes sooner at first. */
	everyMs: number;
	run(): Promise<unknown>;
}
