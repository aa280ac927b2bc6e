import Link from "next/link";
import { Button } from "@/components/ui/button";
import { MessagePage } from "@/components/ui/message-page";

/** A link that is unknown, revoked or over: nobody learns which. */
export function LinkGone() {
	return (
		<MessagePage
			title="This link does not work"
			action={
				<Button asChild size="form">
					<Link href="/">What is Weft?</Link>
				</Button>
			}
		>
			It may never have, or not any more. Ask whoever sent it for a new one.
		</MessagePage>
	);
}
