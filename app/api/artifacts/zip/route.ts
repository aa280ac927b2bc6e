import { zipFiles, zipFilesInput } from "@/server/artifacts/zip-files";
import { answerDownload } from "../../answer-download";
import { headersOf } from "../../serve-file";

/** All files of a run in one archive: `?team=…&runId=…`. */
export async function GET(request: Request): Promise<Response> {
	return await answerDownload(request, {
		input: zipFilesInput,
		askRightly: "Download the files on the page of their run.",
		make: async (caller, input) =>
			new Response(await zipFiles(caller, input), {
				headers: headersOf({ name: "files.zip", type: "application/zip" }, true),
			}),
	});
}
