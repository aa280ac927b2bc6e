import { getViewer } from "@/server/auth/get-viewer";
import { viewerActor } from "@/server/auth/viewer";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { exportAudit, exportAuditInput } from "@/server/teams/audit/export-audit";
import { checkRequest } from "@/server/trpc/check-request";
import { refuseRequest } from "@/server/trpc/refuse-request";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson; charset=utf-8" };
const STATUS: Partial<Record<WeftError["code"], number>> = { forbidden: 403, not_found: 404 };

/** A team's audit log as a file: `?team=…&format=csv|jsonl`, and what the page filters by. */
export async function GET(request: Request): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	const viewer = await getViewer();
	if (!viewer) return new Response("Sign in to continue.", { status: 401 });
	const asked = Object.fromEntries(new URL(request.url).searchParams);
	const input = exportAuditInput.safeParse(asked);
	if (!input.success) return new Response("Choose what to export on the page of the audit log.", { status: 400 });
	const pieces = exportAudit({ database: getDatabase(), actor: viewerActor(viewer) }, input.data);
	try {
		checkRequest(asked);
		return new Response(toStream(await pieces.next(), pieces), { headers: fileHeaders(input.data) });
	} catch (error) {
		if (error instanceof WeftError) return new Response(error.message, { status: STATUS[error.code] ?? 400 });
		throw error;
	}
}

function fileHeaders({ team, format }: { team: string; format: keyof typeof TYPES }): HeadersInit {
	const name = `audit-log-${encodeURIComponent(team)}-${new Date().toISOString().slice(0, 10)}.${format}`;
	return {
		"content-type": TYPES[format],
		"content-disposition": `attachment; filename="${name}"`,
		"cache-control": "no-store",
		"x-content-type-options": "nosniff",
	};
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
