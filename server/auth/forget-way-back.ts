import { cookies } from "next/headers";

/** Where Auth.js keeps where to lead people back to, without TLS and behind it. */
const WAY_BACK_COOKIES = ["authjs.callback-url", "__Secure-authjs.callback-url"];

/** Takes away what Auth.js keeps of a way that went wrong: one that it cannot read, it would refuse for ever. */
export async function forgetWayBack(): Promise<void> {
	const jar = await cookies();
	for (const name of WAY_BACK_COOKIES)
		jar.set(name, "", { path: "/", maxAge: 0, secure: name.startsWith("__Secure-") });
}
