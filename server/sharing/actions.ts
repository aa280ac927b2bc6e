"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { currentVisitor, proofCookie } from "./current-visitor";
import { enterPassword, enterPasswordInput } from "./enter-password";

export interface PasswordState {
	/** Why the password was refused: one sentence. */
	error?: string;
}

/** Takes `token` and `password`; leads to the run when the password is right. */
export async function enterSharePassword(_before: PasswordState, form: FormData): Promise<PasswordState> {
	const input = enterPasswordInput.safeParse({ token: form.get("token"), password: form.get("password") });
	if (!input.success) return { error: "Enter the password of this link." };
	try {
		const { linkId, proof } = await enterPassword(await currentVisitor(), input.data);
		const secure = (getEnv().AUTH_URL ?? (await headers()).get("origin") ?? "").startsWith("https:");
		(await cookies()).set(proofCookie(linkId), proof, { httpOnly: true, sameSite: "lax", path: "/", secure });
	} catch (error) {
		if (error instanceof WeftError) return { error: error.message };
		throw error;
	}
	redirect(`/share/${input.data.token}`);
}
