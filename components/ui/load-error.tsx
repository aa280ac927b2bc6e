"use client";

import Link from "next/link";
import { errorText, httpStatus } from "@/components/trpc/error-text";
import { Button } from "./button";
import { ErrorRow } from "./error-row";
import { MessagePage } from "./message-page";

interface LoadErrorProps {
	team: string;
	error: unknown;
	busy: boolean;
	onRetry: () => void;
}

/** A workflow that does not exist, or could not be fetched. */
export function LoadError({ team, error, busy, onRetry }: LoadErrorProps) {
	if (httpStatus(error) !== 404) {
		return (
			<div className="mx-auto max-w-140 pt-20">
				<ErrorRow onRetry={onRetry} busy={busy}>
					{errorText(error)}
				</ErrorRow>
			</div>
		);
	}
	return (
		<MessagePage
			title="No such workflow"
			action={
				<Button asChild>
					<Link href={`/${team}/workflows`}>All workflows</Link>
				</Button>
			}
		>
			{errorText(error)}
		</MessagePage>
	);
}
