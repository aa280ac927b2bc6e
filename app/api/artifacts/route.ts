import { downloadFile, downloadFileInput } from "@/server/artifacts/download-file";
import { answerDownload } from "../answer-download";
import { serveFile } from "../serve-file";

/** A file of a run: `?team=…&id=…`, and `&keep=true` for one that is to be saved. */
export async function GET(request: Request): Promise<Response> {
	return await answerDownload(request, {
		input: downloadFileInput,
		askRightly: "Open the file on the page of its run.",
		make: async (caller, input) => await serveFile(request, await downloadFile(caller, input), input.keep),
	});
}
