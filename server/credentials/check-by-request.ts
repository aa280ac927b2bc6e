import { FatalError } from "@/server/errors";
import type { CheckContext, CheckResult } from "./credential-check";

/** Asks the address with the headers that carry a credential, and tells what the status says about it. */
export async function checkByRequest(
	headers: Record<string, string>,
	{ url = "", fetch, signal }: CheckContext,
): Promise<CheckResult> {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
		throw new FatalError("Enter an address that asks for this credential, such as https://api.example.com/user.");
	const response = await fetch(url, { headers: readHeaders(headers), redirect: "manual", signal });
	await response.body?.cancel();
	return judge(response.status, new URL(url).host);
}

function readHeaders(headers: Record<string, string>): Headers {
	try {
		return new Headers(headers);
	} catch {
		throw new FatalError("It contains a character that headers do not allow, such as a line break. Replace its value.");
	}
}

function judge(status: number, host: string): CheckResult {
	if (status === 401 || status === 403)
		return { verdict: "refused", message: `${host} refused it with status ${status}.` };
	if (status < 300) return { verdict: "works", message: `${host} answered with status ${status}.` };
	const next = status < 400 ? "Try the address that it redirects to." : "Try another address of the same server.";
	return {
		verdict: "unknown",
		message: `${host} answered with status ${status}, which does not tell whether it works. ${next}`,
	};
}
