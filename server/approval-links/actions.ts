"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { clientAddress } from "@/server/http/client-address";
import { withAddress } from "@/server/http/request-address";
import { decideByLink } from "./decide-by-link";
import { findApprovalLink } from "./find-approval-link";
import { approvalPath } from "./link-token";
import { readAnswers } from "./read-answers";

export interface DecideState {
	message?: string;
	/** What is wrong, by field. */
	problems?: Record<string, string>;
	/** What was entered, by field, to be shown again. */
	entered?: Record<string, string[]>;
}

/** Takes `token`, `decision` and the answers. Leads to the page of the link, which says what came of it. */
export async function decide(_before: DecideState, form: FormData): Promise<DecideState> {
	const token = String(form.get("token") ?? "").slice(0, 100);
	const refusal = await tryToDecide(token, form);
	if (refusal !== undefined) return refusal;
	redirect(approvalPath(encodeURIComponent(token)));
}

async function tryToDecide(token: string, form: FormData): Promise<DecideState | undefined> {
	const database = getDatabase();
	const fields = (await findApprovalLink(database.sql, token))?.question.fields ?? [];
	const textsOf = (field: string) =>
		form.getAll(`field.${field}`).flatMap((value) => (typeof value === "string" ? value : []));
	const { values, entered, problems } = readAnswers(fields, textsOf);
	const decision = form.get("decision") === "approved" ? "approved" : "declined";
	if (decision === "approved" && Object.keys(problems).length > 0) return { problems, entered };
	try {
		const address = clientAddress(await headers());
		await withAddress(address, () => decideByLink(database, token, { decision, values }));
		return undefined;
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		// The page of the link says what has become of it.
		if (error.code === "conflict" || error.code === "not_found") return undefined;
		const issues = (error.details.issues ?? []).map(({ field = "", message }) => [field, message]);
		return { message: error.message, problems: Object.fromEntries(issues), entered };
	}
}
