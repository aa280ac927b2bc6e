import { count, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import { deliveries } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { deliveryFilterSchema, whichDeliveries } from "./delivery-filter";

/** Of more than so many the last ones are counted. */
const MOST = 20_000;

export const countDeliveriesInput = deliveryFilterSchema;

/** How many deliveries of each verdict there are, of the last 20,000. */
export async function countDeliveries(
	{ database: { db }, actor }: Caller,
	input: z.infer<typeof countDeliveriesInput>,
) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const last = db
		.select({ verdict: deliveries.verdict })
		.from(deliveries)
		.innerJoin(workflows, eq(workflows.id, deliveries.workflowId))
		.where(await whichDeliveries(db, team.id, input))
		.orderBy(desc(deliveries.at))
		.limit(MOST)
		.as("last");
	const counts = await db.select({ verdict: last.verdict, count: count() }).from(last).groupBy(last.verdict);
	const all = counts.reduce((sum, each) => sum + each.count, 0);
	return { all, isMore: all === MOST, counts };
}
