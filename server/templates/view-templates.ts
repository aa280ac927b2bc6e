import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { isAdministrator } from "./is-administrator";
import type { TemplateViewer } from "./template";

/** Somebody as they look at templates from inside a team. Throws `not_found` to people outside it. */
export async function viewTemplates({ database: { db }, actor }: Caller, team: string): Promise<TemplateViewer> {
	const [membership, administers] = await Promise.all([
		requireMember(db, actor, team, "team:view"),
		isAdministrator(db, actor),
	]);
	return { teamId: membership.team.id, isAdministrator: administers };
}
