import Bowser from "bowser";

const MAX_NAME = 40;

/** A browser and its system by the name that it sends with every request: `Firefox on Windows`. */
export function describeDevice(userAgent: string): string {
	if (userAgent.trim() === "") return "Unknown device";
	const { browser, os } = Bowser.parse(userAgent);
	if (browser.name) return os.name ? `${browser.name} on ${os.name}` : browser.name;
	return userAgent.split(/[\s/]/, 1).join().slice(0, MAX_NAME);
}
