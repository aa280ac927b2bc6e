import { TRPCError } from "@trpc/server";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { signInPath } from "@/components/auth/return-path";
import { LAST_TEAM_COOKIE } from "@/server/teams/last-team-cookie";
import { createContext } from "@/server/trpc/context";
import { createCaller } from "@/server/trpc/router";

/** Who is signed in, with their teams; null for nobody. Read once a request. */
export const readMe = cache(async () => {
	const context = await createContext();
	if (!context.viewer) return null;
	try {
		return await createCaller(context).viewer.me();
	} catch (error) {
		if (error instanceof TRPCError && error.code === "UNAUTHORIZED") return null;
		throw error;
	}
});

/** The person and the team that they saw last, for pages that belong to no team; null for nobody. */
export async function findLastTeam() {
	const me = await readMe();
	const last = (await cookies()).get(LAST_TEAM_COOKIE)?.value;
	const team = me?.teams.find(({ slug }) => slug === last) ?? me?.teams[0];
	return me && team ? { me, team } : null;
}

/** The person and the team of this address, when the person belongs to it. */
export async function findTeam(slug: string) {
	const me = await readMe();
	const team = me?.teams.find((mine) => mine.slug === slug);
	return me && team ? { me, team } : null;
}

/**
 * The first line of every page of a team: leads who is not signed in to signing in and back to `path`, and shows
 * everybody else's teams as not found. The layouts around stay out of the way then.
 */
export async function enterTeam(slug: string, path: string): Promise<void> {
	if (await findTeam(slug)) return;
	if (await readMe()) notFound();
	redirect(signInPath(path));
}
