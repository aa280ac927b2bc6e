import { z } from "zod";
import { defineTool } from "../tool";

export const runLogsTool = defineTool({
	description: "Reads what the steps of this run before have logged, the newest lines first.",
	input: z.strictObject({
		step: z.string().max(100).optional().describe("The id of one step. Left out: of all."),
		text: z.string().max(1_000).optional().describe("Only lines that contain this, in whatever case."),
		limit: z.int().min(1).max(500).default(100),
	}),
	origin: () => "outside",
	isRepeatable: () => true,
	isDangerous: () => false,
	async run(asked, { context }) {
		const lines = await context.history.logs(asked);
		const written = lines.map(({ step, iteration, level, text, at }) => {
			return `${new Date(at).toISOString()} ${iteration === "" ? step : `${step}#${iteration}`} ${level}: ${text}`;
		});
		return written.join("\n") || "There are no such lines.";
	},
});
