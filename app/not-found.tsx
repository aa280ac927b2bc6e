import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { MessagePage } from "@/components/ui/message-page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
	return (
		<MessagePage
			title="There is nothing here"
			action={
				<Button asChild intent="primary" size="form">
					<a href="/">Go to the start page</a>
				</Button>
			}
		>
			The address may be wrong, what was here may be gone, or it belongs to a team that you are not in.
		</MessagePage>
	);
}
