import { exportCosts, exportCostsInput } from "@/server/costs/export-costs";
import { answerDownload } from "../answer-download";
import { streamPieces } from "../stream-pieces";

/** What calls of models have cost a team, as CSV: `?team=…&from=…&to=…&timeZone=…`, and what the page filters by. */
export async function GET(request: Request): Promise<Response> {
	return await answerDownload(request, {
		input: exportCostsInput,
		askRightly: "Choose what to export on the page of costs.",
		async make(caller, input) {
			const pieces = exportCosts(caller, input);
			return {
				name: `costs-${encodeURIComponent(input.team)}-${input.from}-to-${input.to}.csv`,
				type: "text/csv",
				body: streamPieces(await pieces.next(), pieces),
			};
		},
	});
}
