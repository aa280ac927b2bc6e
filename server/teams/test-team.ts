import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import { memberships, teams, users } from "@/db/schema/teams";
import { makeTeamKey } from "@/server/credentials/team-key";
import type { Caller } from "./caller";
import type { Role } from "./permissions";

/** Long enough for a master secret, and obviously not a real one. */
export const TEST_SECRET = "a secret for tests only, 32 characters or more";

export interface TestTeam {
	id: string;
	slug: string;
	/** One member of each role. */
	members: Record<Role, Caller & { userId: string; email: string }>;
}

/** A team for tests, without sample workflows. */
export async function createTestTeam(database: Database, slug: string): Promise<TestTeam> {
	const id = newId();
	await database.db.insert(teams).values({ id, slug, name: `Team ${slug}`, wrappedKey: makeTeamKey(TEST_SECRET, id) });
	const join = (role: Role) => joinTestTeam(database, { id, slug }, { name: role, role });
	const [owner, admin, editor, operator, viewer] = await Promise.all([
		join("owner"),
		join("admin"),
		join("editor"),
		join("operator"),
		join("viewer"),
	]);
	return { id, slug, members: { owner, admin, editor, operator, viewer } };
}

/** One more member of a team for tests. */
export async function joinTestTeam(
	database: Database,
	{ id, slug }: Pick<TestTeam, "id" | "slug">,
	{ name, role }: { name: string; role: Role },
) {
	const user = { id: newId(), name: `${slug} ${name}`, email: `${name}@${slug}.example` };
	await database.db.insert(users).values(user);
	await database.db.insert(memberships).values({ teamId: id, userId: user.id, role });
	const actor = { kind: "user" as const, id: user.id, name: user.name };
	return { database, actor, userId: user.id, email: user.email };
}
