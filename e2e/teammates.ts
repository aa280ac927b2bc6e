import type { Browser, BrowserContext } from "@playwright/test";
import { openDatabase } from "../db/client";
import { findDatabaseUrl } from "../server/launcher/test-launcher";
import { signUp } from "./weft";

/** Somebody with an account and a seat in the demo team, as an invitation would give. */
export interface Teammate {
	/** A browser of theirs, in which they are signed in. */
	open: () => Promise<BrowserContext>;
}

export async function inviteTeammate(browser: Browser, name: string): Promise<Teammate> {
	const context = await browser.newContext();
	await joinDemoTeam(await signUp(await context.newPage(), name));
	const storageState = await context.storageState();
	await context.close();
	return { open: () => browser.newContext({ storageState }) };
}

async function joinDemoTeam(email: string): Promise<void> {
	const { sql, close } = openDatabase(findDatabaseUrl(process.env.WEFT_E2E_DATA ?? ""));
	await sql`
		insert into memberships (team_id, user_id, role)
		select teams.id, users.id, 'editor' from teams, users where teams.slug = 'demo' and users.email = ${email}`;
	await close();
}
