import { Button } from "../ui/button";
import { MessagePage } from "../ui/message-page";
import { StartLink } from "../ui/start-link";

interface VerifyAddressProps {
	state: "open" | "verified" | "over";
	/** Of the account that is signed in. */
	email: string;
	token: string;
	/** Takes `token`. */
	action: (form: FormData) => Promise<void>;
}

/** A link that was mailed to somebody's address: a press of the button verifies it, opening the page does not. */
export function VerifyAddress({ state, email, token, action }: VerifyAddressProps) {
	switch (state) {
		case "verified":
			return (
				<MessagePage title="Your address is verified" action={<StartLink />}>
					Approvals that name {email} are yours to decide.
				</MessagePage>
			);
		case "over":
			return (
				<MessagePage title="This link does not verify your address" action={<StartLink />}>
					It has expired, or it was sent for another account than {email}. Sign in with that account, or ask for a new
					link on your account page.
				</MessagePage>
			);
		case "open":
			return (
				<MessagePage
					title={`Is ${email} yours?`}
					action={
						<form action={action}>
							<input type="hidden" name="token" value={token} />
							<Button type="submit" intent="primary" size="form">
								Verify my address
							</Button>
						</form>
					}
				>
					Approvals that name it are yours to decide then.
				</MessagePage>
			);
	}
}
