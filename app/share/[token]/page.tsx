import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { describeCause } from "@/components/canvas/drawing/describe-trigger";
import { drawStill } from "@/components/canvas/drawing/draw-still";
import { sendDrawing } from "@/components/canvas/drawing/sent-drawing";
import { countValues } from "@/components/json/count-values";
import { StillJson } from "@/components/json/still-json";
import { LinkBusy } from "@/components/share/link-busy";
import { LockedLink, WorkflowLink } from "@/components/share/rare-links";
import { SharedRunPage } from "@/components/share/shared-run-page";
import { type ErrorCode, WeftError } from "@/server/errors";
import type { Json } from "@/server/plan/values/json";
import { enterSharePassword } from "@/server/sharing/actions";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { openLink, type Visitor } from "@/server/sharing/open-link";
import { readSharedState } from "@/server/sharing/read-shared-state";
import { countMiss, countVisit } from "@/server/sharing/visit-limits";
import { visitRun } from "@/server/sharing/visit-run";
import { visitWorkflow } from "@/server/sharing/visit-workflow";
import { queueLargeWork } from "@/server/trpc/request-budget";
import { pictureMetadata } from "../picture-metadata";

interface ShareProps {
	params: Promise<{ token: string }>;
}

export async function generateMetadata({ params }: ShareProps): Promise<Metadata> {
	const { token } = await params;
	const found = await openShare(token);
	const robots = { index: false, follow: false };
	const title = typeof found === "object" ? titleOf(found) : "Shared link";
	const picture = await pictureMetadata(`/share/${encodeURIComponent(token)}/picture.png`);
	return { title, robots, referrer: "no-referrer", ...picture };
}

export default async function Page({ params }: ShareProps) {
	const { token } = await params;
	const found = await openShare(token);
	if (found === "gone") notFound();
	if (found === "busy") return <LinkBusy token={token} />;
	if (found === "locked") return <LockedLink token={token} action={enterSharePassword} />;
	if (found.workflow) {
		return (
			<WorkflowLink token={token} workflow={found.workflow} drawing={sendDrawing(drawStill(found.workflow.plan))} />
		);
	}
	const { run, state } = found;
	return (
		<SharedRunPage
			token={token}
			run={run}
			state={state}
			drawing={sendDrawing(drawStill(run.plan))}
			cause={describeCause(run.trigger)}
			paintedAt={Date.now()}
			values={{ input: drawValue(run.input), output: drawValue(run.output) }}
		/>
	);
}

function drawValue(value: Json | null) {
	return value === null || countValues(value) === "none" ? null : <StillJson value={value} />;
}

/** What a link leads to, looked up once a request. */
const openShare = cache(async (token: string) => {
	const visitor = await currentVisitor();
	try {
		await countVisit(visitor.address);
		return await queueLargeWork(() => readShared(visitor, token)).catch(async (error: unknown) => {
			if (error instanceof WeftError && error.code === "not_found") await countMiss(visitor.address);
			throw error;
		});
	} catch (error) {
		const state = error instanceof WeftError ? STATES[error.code] : undefined;
		if (state === undefined) throw error;
		return state;
	}
});

/** What a page says of a link that was not opened. */
const STATES: Partial<Record<ErrorCode, "gone" | "locked" | "busy">> = {
	not_found: "gone",
	unauthenticated: "locked",
	too_many_requests: "busy",
	unavailable: "busy",
};

async function readShared(visitor: Visitor, token: string) {
	const { runId } = await openLink(visitor, token);
	if (runId === null) return { workflow: await visitWorkflow(visitor, { token }) };
	return { run: await visitRun(visitor, { token }), state: await readSharedState(visitor, { token }) };
}

function titleOf(found: Awaited<ReturnType<typeof readShared>>): string {
	return found.workflow ? found.workflow.name : `${found.run.workflow.name} / ${found.run.number}`;
}
