import type { ReactNode } from "react";
import { PublicFrame } from "@/components/templates/public-frame";
import { readSignUpState } from "@/server/auth/sign-up-policy";
import { getDatabase } from "@/server/database";
import { getEnv } from "@/server/env";

/** The gallery for those who have not signed in. Members are led on to the one inside their team. */
export default async function TemplatesLayout({ children }: { children: ReactNode }) {
	const { isOpen } = await readSignUpState(getDatabase().db, getEnv().WEFT_SIGN_UP);
	return <PublicFrame canSignUp={isOpen}>{children}</PublicFrame>;
}
