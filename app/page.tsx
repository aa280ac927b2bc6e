import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Landing } from "@/components/auth/landing";
import { tryDemo } from "@/server/auth/actions";
import { signInMethods } from "@/server/auth/sign-in-methods";
import { readSignUpState } from "@/server/auth/sign-up-policy";
import { getDatabase } from "@/server/database";
import { getEnv } from "@/server/env";
import { findLastTeam } from "./[team]/enter-team";

/** Leads to the workflows of the team seen last; tells everybody else what Weft is. */
export default async function StartPage() {
	const seen = await findLastTeam();
	if (seen) redirect(`/${seen.team.slug}/workflows`);
	const { isOpen } = await readSignUpState(getDatabase().db, getEnv().WEFT_SIGN_UP);
	return <Landing tryDemo={signInMethods(await headers()).demo ? tryDemo : undefined} canSignUp={isOpen} />;
}
