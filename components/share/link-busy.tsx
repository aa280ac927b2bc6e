import { Button } from "@/components/ui/button";
import { MessagePage } from "@/components/ui/message-page";

/** A link that is not looked up now: too much is asked from one address, or of the server. */
export function LinkBusy({ token }: { token: string }) {
	return (
		<MessagePage
			title="Too many requests"
			action={
				<Button asChild size="form">
					<a href={`/share/${encodeURIComponent(token)}`}>Try again</a>
				</Button>
			}
		>
			Nothing is wrong with the link. Wait a minute, then try again.
		</MessagePage>
	);
}
