import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ClonePage } from "@/components/share/clone-page";
import { type ErrorCode, WeftError } from "@/server/errors";
import { cloneSharedRun } from "@/server/sharing/actions";
import { describeClone } from "@/server/sharing/clone-shared";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { countVisit } from "@/server/sharing/visit-limits";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Clone a workflow", referrer: "no-referrer", robots: { index: false } };

export default async function Page({ params }: { params: Promise<{ team: string; token: string }> }) {
	const { team, token } = await params;
	await enterTeam(team);
	return <ClonePage team={team} token={token} plan={await openClone(token)} action={cloneSharedRun} />;
}

/** The link's own page asks for its password, says what it does not show, and that too much is asked. */
const SAID_BY_LINK: readonly ErrorCode[] = ["unauthenticated", "forbidden", "too_many_requests"];

async function openClone(token: string) {
	const visitor = await currentVisitor();
	try {
		await countVisit(visitor.address);
		return await describeClone(visitor, { token });
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		if (SAID_BY_LINK.includes(error.code)) redirect(`/share/${encodeURIComponent(token)}`);
		if (error.code === "not_found") notFound();
		throw error;
	}
}
