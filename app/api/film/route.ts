import { setImmediate } from "node:timers/promises";
import { filmPage } from "@/components/runs/film/file/film-page";
import { downloadFilm, downloadFilmInput } from "@/server/sharing/download-film";
import { queueLargeWork } from "@/server/trpc/request-budget";
import { answerDownload } from "../answer-download";

/** The film of a run as a file: `?team=…&runId=…`, and what it shows: `&outputs=true`. */
export async function GET(request: Request): Promise<Response> {
	return await answerDownload(request, {
		input: downloadFilmInput,
		askRightly: "Download the film on the page of its run.",
		make: async (caller, input) => ({
			name: `run-${new Date().toISOString().slice(0, 10)}.html`,
			type: "text/html",
			body: await queueLargeWork(async () => filmPage(await downloadFilm(caller, input), setImmediate)),
		}),
	});
}
