import { eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { sharePolicies } from "@/db/schema/sharing";
import { getEnv } from "@/server/env";

/** What is allowed of links. */
export interface SharePolicy {
	/** Links can be made, and those that were made work. */
	isOn: boolean;
	/** How many days a link lasts at most; null where it need not end. */
	maxDays: number | null;
	needsPassword: boolean;
}

/** What the server allows of all teams. */
export function instancePolicy(): SharePolicy {
	const { WEFT_SHARING, WEFT_SHARING_MAX_DAYS, WEFT_SHARING_PASSWORD } = getEnv();
	return {
		isOn: WEFT_SHARING,
		maxDays: WEFT_SHARING_MAX_DAYS ?? null,
		needsPassword: WEFT_SHARING_PASSWORD === "required",
	};
}

/** What a team allows, and the server. */
export async function readPolicy(db: DbLike, teamId: string): Promise<SharePolicy> {
	return strictest(instancePolicy(), await readTeamPolicy(db, teamId));
}

export async function readTeamPolicy(db: DbLike, teamId: string): Promise<SharePolicy> {
	const [own] = await db
		.select({
			isOn: sharePolicies.isOn,
			maxDays: sharePolicies.maxDays,
			needsPassword: sharePolicies.needsPassword,
		})
		.from(sharePolicies)
		.where(eq(sharePolicies.teamId, teamId));
	return own ?? { isOn: true, maxDays: null, needsPassword: false };
}

export function strictest(one: SharePolicy, other: SharePolicy): SharePolicy {
	const days = [one.maxDays, other.maxDays].filter((limit) => limit !== null);
	return {
		isOn: one.isOn && other.isOn,
		maxDays: days.length === 0 ? null : Math.min(...days),
		needsPassword: one.needsPassword || other.needsPassword,
	};
}
