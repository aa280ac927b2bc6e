import Link from "next/link";
import { Button } from "./button";

/** The way on from a page that has nothing more to offer. */
export function StartLink() {
	return (
		<Button asChild size="form">
			<Link href="/">Go to the start page</Link>
		</Button>
	);
}
