import { exportPrompts, exportPromptsInput } from "@/server/prompts/export-prompts";
import { answerDownload } from "../../answer-download";
import { headersOf } from "../../serve-file";

/** All prompts of a team in one archive: `?team=…`. */
export async function GET(request: Request): Promise<Response> {
	return await answerDownload(request, {
		input: exportPromptsInput,
		askRightly: "Export the prompts on their page.",
		make: async (caller, input) =>
			new Response(await exportPrompts(caller, input), {
				headers: headersOf({ name: "prompts.zip", type: "application/zip" }, true),
			}),
	});
}
