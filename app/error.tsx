"use client";

import { buttonLook } from "@/components/ui/button-look";
import { MessagePage } from "@/components/ui/message-page";

interface ErrorPageProps {
	error: Error & { digest?: string };
	reset: () => void;
}

/** Every page has its script: it does without more than the looks. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
	return (
		<MessagePage
			title="This page could not be loaded"
			action={
				<>
					<button type="button" onClick={reset} className={buttonLook({ intent: "primary", size: "form" })}>
						Try again
					</button>
					<button type="button" onClick={() => location.assign("/")} className={buttonLook({ size: "form" })}>
						Go to your workflows
					</button>
				</>
			}
		>
			Nothing is lost: workflows and runs go on without it.
			{error.digest && <> If it happens again, the server’s log has more under {error.digest}.</>}
		</MessagePage>
	);
}
