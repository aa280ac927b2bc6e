import { Button } from "@/components/ui/button";
import { MessagePage } from "@/components/ui/message-page";

/** A link that is unknown, revoked or over: nobody learns which. */
export function LinkGone() {
	return (
		<MessagePage
			title="This link does not work"
			action={
				<Button asChild size="form">
					<a href="/">What is Weft?</a>
				</Button>
			}
		>
			It has expired, was revoked, or is incomplete. Ask the person who sent it for a new one.
		</MessagePage>
	);
}
