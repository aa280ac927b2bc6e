import { exportAudit, exportAuditInput } from "@/server/teams/audit/export-audit";
import { answerDownload } from "../answer-download";
import { streamPieces } from "../stream-pieces";

const TYPES = { csv: "text/csv", jsonl: "application/x-ndjson" };

/** A team's audit log as a file: `?team=…&format=csv|jsonl`, and what the page filters by. */
export async function GET(request: Request): Promise<Response> {
	return await answerDownload(request, {
		input: exportAuditInput,
		askRightly: "Choose what to export on the page of the audit log.",
		async make(caller, input) {
			const { team, format } = input;
			const pieces = exportAudit(caller, input);
			return {
				name: `audit-log-${encodeURIComponent(team)}-${new Date().toISOString().slice(0, 10)}.${format}`,
				type: TYPES[format],
				body: streamPieces(await pieces.next(), pieces),
			};
		},
	});
}
