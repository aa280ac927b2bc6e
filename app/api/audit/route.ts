import { exportAudit, exportAuditInput } from "@/server/teams/audit/export-audit";
import { answerDownload } from "../answer-download";

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
				body: toStream(await pieces.next(), pieces),
			};
		},
	});
}

/** Reads on only as fast as the client takes it; one that goes away ends the reading. */
function toStream(first: IteratorResult<string>, rest: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let piece: IteratorResult<string> | undefined = first;
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = piece ?? (await rest.next());
			piece = undefined;
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await rest.return(undefined);
		},
	});
}
