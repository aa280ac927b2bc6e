import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { LinkPassword } from "@/components/share/link-password";
import { SharedRunPage } from "@/components/share/shared-run-page";
import { WeftError } from "@/server/errors";
import { enterSharePassword } from "@/server/sharing/actions";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { readSharedState } from "@/server/sharing/read-shared-state";
import { countMiss, countVisit } from "@/server/sharing/visit-limits";
import { visitRun } from "@/server/sharing/visit-run";
import { queueLargeWork } from "@/server/trpc/request-budget";

interface ShareProps {
	params: Promise<{ token: string }>;
}

export async function generateMetadata({ params }: ShareProps): Promise<Metadata> {
	const { token } = await params;
	const found = await openShare(token);
	const robots = { index: false, follow: false };
	const title = typeof found === "object" ? `${found.run.workflow.name} / ${found.run.number}` : "Shared run";
	return { title, robots, referrer: "no-referrer" };
}

export default async function Page({ params }: ShareProps) {
	const { token } = await params;
	const found = await openShare(token);
	if (found === "gone") notFound();
	if (found === "locked") return <LinkPassword token={token} action={enterSharePassword} />;
	return <SharedRunPage token={token} {...found} />;
}

/** What a link leads to, looked up once a request. */
const openShare = cache(async (token: string) => {
	const visitor = await currentVisitor();
	await countVisit(visitor.address);
	try {
		return await queueLargeWork(async () => ({
			run: await visitRun(visitor, { token }),
			state: await readSharedState(visitor, { token }),
		}));
	} catch (error) {
		const code = error instanceof WeftError ? error.code : undefined;
		if (code === "unauthenticated") return "locked";
		if (code !== "not_found") throw error;
		await countMiss(visitor.address);
		return "gone";
	}
});
