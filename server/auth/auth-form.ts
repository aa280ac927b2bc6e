import type { z } from "zod";
import { WeftError } from "@/server/errors";
import { checkRequest } from "@/server/trpc/check-request";

export interface AuthState {
	/** What a form shows after it was refused: one sentence. */
	error?: string;
	/** What the form was sent with, for one that comes back as a new page. Never a password. */
	typed?: { name?: string; email: string };
	/** It worked, and the page stays: signed in where that was asked, or a link was sent. */
	done?: true;
}

/** What was sent under a name; empty for a file, or nothing. */
export function readText(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === "string" ? value : "";
}

/** What was sent, as a schema has it. Throws `invalid` with what is wrong first. */
export function parseForm<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.infer<Schema> {
	checkRequest(sent);
	const parsed = schema.safeParse(sent);
	if (parsed.success) return parsed.data;
	throw new WeftError("invalid", parsed.error.issues[0]?.message ?? "Fill in every field.");
}

/** Null when it worked, else what to say. */
export async function tellRefusal(work: () => Promise<void>): Promise<string | null> {
	try {
		await work();
		return null;
	} catch (error) {
		if (error instanceof WeftError) return error.message;
		throw error;
	}
}
