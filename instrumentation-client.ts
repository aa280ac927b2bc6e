import { wantedPage } from "./components/shell/wanted-page";

/** Next.js calls this for every navigation, before it asks the server. */
export function onRouterTransitionStart(address: string): void {
	wantedPage.setState({ address });
}
