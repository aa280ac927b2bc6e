import type { Browser, BrowserContext } from "@playwright/test";
import type { Role } from "../server/teams/permissions";
import { inDatabase } from "./database";
import { signUp } from "./weft";

/** Somebody with an account and a seat in the demo team, as an invitation would give. */
export interface Teammate {
	/** A browser of theirs, in which they are signed in. */
	open: () => Promise<BrowserContext>;
}

export async function inviteTeammate(browser: Browser, name: string, role: Role = "editor"): Promise<Teammate> {
	const context = await browser.newContext();
	await joinDemoTeam(await signUp(await context.newPage(), name), role);
	const storageState = await context.storageState();
	await context.close();
	return { open: () => browser.newContext({ storageState }) };
}

async function joinDemoTeam(email: string, role: Role): Promise<void> {
	await inDatabase(
		(sql) => sql`
			insert into memberships (team_id, user_id, role)
			select teams.id, users.id, ${role} from teams, users where teams.slug = 'demo' and users.email = ${email}`,
	);
}
