import { z } from "zod";

/** What a link shows beside the canvas, the states and the timeline. */
export const showsSchema = z.strictObject({
	/** The settings of steps: commands, prompts, addresses. With them the workflow can be cloned. */
	settings: z.boolean(),
	/** What the run was started with. */
	inputs: z.boolean(),
	/** What steps and the run put out, and what went wrong. With `inputs` and `settings`, also what each step read. */
	outputs: z.boolean(),
	/** What steps printed. */
	logs: z.boolean(),
});
export type Shows = z.infer<typeof showsSchema>;
