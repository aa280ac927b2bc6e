import { drawStill } from "@/components/canvas/drawing/draw-still";
import { viewRun } from "@/components/canvas/run/view-run";
import { lookOfRun } from "@/components/runs/describe-run";
import { WeftError } from "@/server/errors";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { countVisit } from "@/server/sharing/visit-limits";
import { type SharedPicture, visitPicture } from "@/server/sharing/visit-picture";
import { answerPicture, NEUTRAL } from "../../draw-picture";

/** The picture of a link for the card that other sites make of it; neutral where the link may show nothing to them. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
	const { token } = await params;
	const visitor = await currentVisitor();
	try {
		await countVisit(visitor.address);
	} catch (error) {
		if (error instanceof WeftError) return new Response(error.message, { status: 429 });
		throw error;
	}
	const found = await visitPicture(visitor, token);
	return await answerPicture(found ? { key: found.key, props: propsOf(found) } : NEUTRAL, visitor.address);
}

function propsOf({ title, team, plan, state }: SharedPicture) {
	const line = `Shared by ${team}`;
	if (state === null) return { title, line, plan };
	const views = Object.entries(viewRun(drawStill(plan), state).steps);
	const steps = views.map(([id, { look }]) => [id, look === "pending" ? ("queued" as const) : look] as const);
	return { title, line, plan, run: { look: lookOfRun(state), steps: Object.fromEntries(steps) } };
}
