import { leadIntoTeam } from "../[team]/enter-team";

/** For mails, whose readers may be in no team that they are told of: leads to the inbox, which is the same in all teams. */
export default async function Page(): Promise<never> {
	return await leadIntoTeam("/inbox");
}
