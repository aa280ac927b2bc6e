"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { getViewer } from "@/server/auth/get-viewer";
import { viewerActor } from "@/server/auth/viewer";
import { getDatabase } from "@/server/database";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { withAddress } from "@/server/http/request-address";
import { cloneShared, cloneSharedInput } from "./clone-shared";
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

export interface CloneState {
	/** Why nothing was made: one sentence. */
	error?: string;
	/** The workflow that was made, and whether it can run as it is. */
	made?: { slug: string; isReady: boolean };
}

/** Clones what a link shows into a team of whoever is signed in. */
export async function cloneSharedRun(input: z.input<typeof cloneSharedInput>): Promise<CloneState> {
	const viewer = await getViewer();
	const asked = cloneSharedInput.safeParse(input);
	if (!viewer) return { error: "Sign in to clone this workflow." };
	if (!asked.success) return { error: "Enter a name of at most 120 characters." };
	const caller = { database: getDatabase(), actor: viewerActor(viewer), session: viewer.session };
	try {
		const visitor = await currentVisitor();
		return { made: await withAddress(visitor.address, () => cloneShared(caller, visitor, asked.data)) };
	} catch (error) {
		if (error instanceof WeftError) return { error: error.message };
		throw error;
	}
}
