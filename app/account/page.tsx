import { leadIntoTeam } from "../[team]/enter-team";

/** The same for one’s own account. */
export default async function Page(): Promise<never> {
	return await leadIntoTeam("/settings/account");
}
