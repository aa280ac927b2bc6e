import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ClonePage } from "@/components/share/clone-page";
import { WeftError } from "@/server/errors";
import { cloneSharedRun } from "@/server/sharing/actions";
import { describeClone } from "@/server/sharing/clone-shared";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { countVisit } from "@/server/sharing/visit-limits";
import { enterTeam } from "../../../enter-team";

export const metadata: Metadata = { title: "Clone a workflow", referrer: "no-referrer", robots: { index: false } };

export default async function Page({ params }: { params: Promise<{ team: string; token: string }> }) {
	const { team, token } = await params;
	await enterTeam(team, `/${team}/clone/${encodeURIComponent(token)}`);
	return <ClonePage team={team} token={token} plan={await openClone(token)} action={cloneSharedRun} />;
}

async function openClone(token: string) {
	const visitor = await currentVisitor();
	await countVisit(visitor.address);
	try {
		return await describeClone(visitor, { token });
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		// The link's own page asks for its password, and says what it does not show.
		if (error.code === "unauthenticated" || error.code === "forbidden") redirect(`/share/${encodeURIComponent(token)}`);
		if (error.code === "not_found") notFound();
		throw error;
	}
}
