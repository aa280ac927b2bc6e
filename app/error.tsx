"use client";

import { Button } from "@/components/ui/button";
import { MessagePage } from "@/components/ui/message-page";

interface ErrorPageProps {
	error: Error & { digest?: string };
	reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
	return (
		<MessagePage
			title="This page could not be loaded"
			action={
				<>
					<Button intent="primary" size="form" onClick={reset}>
						Try again
					</Button>
					<Button size="form" onClick={() => location.assign("/")}>
						Go to your workflows
					</Button>
				</>
			}
		>
			Nothing is lost: workflows and runs go on without it.
			{error.digest && <> If it happens again, the server’s log has more under {error.digest}.</>}
		</MessagePage>
	);
}
