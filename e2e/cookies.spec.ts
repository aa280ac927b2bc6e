import { expect } from "@playwright/test";
import { test } from "./test";
import { signInAsDemo, signUp } from "./weft";

const NAMES = ["weft.session", "__Host-weft.session", "weft.device", "weft-team", "weft.share.token"];
const OF_AUTHJS = ["authjs.callback-url", "__Secure-authjs.callback-url", "authjs.csrf-token", "authjs.state"];
const VALUES = [
	"",
	"%",
	"%00",
	"%E0%A4%A",
	"a".repeat(6_000),
	"~~~.~~.",
	'"open',
	"javascript:alert(1)",
	"%ud800",
	"{}",
];

/** Everything that somebody who is not signed in can open. */
const PUBLIC = [
	...[
		"/",
		"/sign-in",
		"/sign-in/forgot",
		"/sign-in/reset/token",
		"/join/token",
		"/templates",
		"/templates/site-uptime",
	],
	...["/demo/workflows", "/api/trpc/viewer.me", "/api/health"],
	...["/api/auth/callback/github?code=a&state=b", "/api/film?team=demo&runId=a", "/api/audit?team=demo&format=csv"],
	...["/api/inngest", "/nowhere"],
];

/** Asked less often: whoever tries many links that do not work is refused for a while, and so would be the next test. */
const BY_LINK = [
	...["/share/token", "/share/token/film", "/share/token/picture.png", "/share/token/clone"],
	"/api/share/run?input=%7B%22json%22%3A%7B%22token%22%3A%22token%22%7D%7D",
];

test("cookies that are damaged or made up break no public address", async ({ request }) => {
	const broken: unknown[] = [];
	for (const [nth, value] of VALUES.entries()) {
		const cookie = [...NAMES, ...OF_AUTHJS].map((name) => `${name}=${value.slice(0, 1_500)}`).join("; ");
		const answers = await Promise.all(
			[...PUBLIC, ...(nth < 3 ? BY_LINK : [])].map((path) =>
				request.get(path, { headers: { cookie }, maxRedirects: 0 }),
			),
		);
		const wrong = answers.filter((answer) => answer.status() >= 500);
		broken.push(...wrong.map((answer) => [answer.status(), answer.url(), value.slice(0, 20)]));
	}
	expect(broken).toEqual([]);
});

test("whoever has such cookies signs in all the same", async ({ page, context, baseURL }) => {
	const names = [...NAMES, ...OF_AUTHJS].filter((name) => !name.startsWith("__"));
	const damage = () => context.addCookies(names.map((name) => ({ name, value: "%00~%", url: baseURL ?? "" })));
	await damage();
	await signInAsDemo(page);
	await damage();
	await signUp(page, "Dana Damaged");
});
