import { TRPCError } from "@trpc/server";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { signInPath } from "@/components/auth/return-path";
import { PATH_HEADER } from "@/server/http/path-header";
import { LAST_TEAM_COOKIE } from "@/server/teams/last-team-cookie";
import { leadsTo } from "@/server/teams/team-address";
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
	const team = me?.teams.find((one) => leadsTo(one, last)) ?? me?.teams[0];
	return me && team ? { me, team } : null;
}

/** Leads to a page of the team seen last; to signing in and back whoever is not, and to the start page who is in no team. */
export async function leadIntoTeam(page: `/${string}`): Promise<never> {
	const seen = await findLastTeam();
	if (seen) redirect(`/${seen.team.slug}${page}`);
	redirect((await readMe()) ? "/" : signInPath(await readPath()));
}

/** The person and the team of this address, when the person belongs to it. */
export async function findTeam(slug: string) {
	const me = await readMe();
	const team = me?.teams.find((mine) => mine.slug === slug);
	return me && team ? { me, team } : null;
}

/**
 * The first line of every page of a team: leads who is not signed in to signing in and back, members from a former address of
 * the team to the same page at its present one, and shows everybody else's teams as not found. The layouts around stay out of
 * the way then.
 */
export async function enterTeam(slug: string): Promise<void> {
	const me = await readMe();
	const path = await readPath();
	if (!me) redirect(signInPath(path));
	const team = me.teams.find((one) => leadsTo(one, slug));
	if (!team) notFound();
	if (team.slug !== slug) redirect(path.replace(/^\/[^/?]*/, `/${team.slug}`));
}

/** The address that was asked for, with its query, as `proxy.ts` hands it on. */
async function readPath(): Promise<string> {
	return (await headers()).get(PATH_HEADER) ?? "/";
}
