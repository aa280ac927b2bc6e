import { createServer } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { FatalError, RetryableError } from "../errors";
import type { ResolvedAddress } from "./guarded-agent";
import { createOutboundFetch } from "./outbound-fetch";
import { TEST_CERTIFICATE, TEST_KEY } from "./test-certificate";
import { startTestServer } from "./test-server";

const server = await startTestServer((request, response) => {
	const [path = "", target = ""] = (request.url ?? "").split("?to=");
	const status = /^\/redirect\/(\d+)$/.exec(path)?.[1];
	if (status !== undefined) response.writeHead(Number(status), { location: decodeURIComponent(target) }).end();
	else if (path === "/sign-in")
		response
			.writeHead(302, {
				location: "/home",
				"set-cookie": ["session=s1; Path=/", "other=x; Domain=example.com", "a=new"],
			})
			.end();
	else if (path === "/sign-out-elsewhere")
		response.writeHead(302, { location: decodeURIComponent(target), "set-cookie": "session=s1; Path=/" }).end();
	else if (path === "/round") response.writeHead(302, { location: "/round" }).end();
	else if (path === "/large") response.end("x".repeat(100_000));
	else if (path === "/broken")
		response.writeHead(200, { "content-length": "10" }).write("half", () => response.destroy());
	else if (path === "/hang") response.writeHead(200).flushHeaders();
	else response.end("hello");
});
const other = await startTestServer((_request, response) => response.end("other"));
afterAll(() => Promise.all([server.close(), other.close()]));

const allow = ["127.0.0.1/32"];
const fetchAllowed = createOutboundFetch({ allow });

/** Names that resolve as told, one answer a lookup; the last one stays. */
function resolving(...answers: string[][]) {
	const lookups: string[] = [];
	const resolve = async (hostname: string): Promise<ResolvedAddress[]> => {
		const answer = answers[Math.min(lookups.length, answers.length - 1)] ?? [];
		lookups.push(hostname);
		return answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
	};
	return { lookups, resolve };
}

function redirect(status: number, to: string): string {
	return `${server.origin}/redirect/${status}?to=${encodeURIComponent(to)}`;
}

describe("an address that may be reached", () => {
	test("is called, and the answer is a web response", async () => {
		const response = await fetchAllowed(`${server.origin}/hi`, { headers: { "x-a": "1" } });
		expect([response.status, await response.text(), response.url]).toEqual([200, "hello", `${server.origin}/hi`]);
		expect(server.requests.at(-1)).toMatchObject({ method: "GET", path: "/hi", headers: { "x-a": "1" } });
	});

	test("sends text, bytes and forms", async () => {
		await fetchAllowed(server.origin, { method: "post", body: "text" });
		await fetchAllowed(server.origin, { method: "PUT", body: new TextEncoder().encode("bytes") });
		await fetchAllowed(server.origin, { method: "POST", body: new URLSearchParams({ a: "1 2" }) });
		expect(server.requests.slice(-3).map(({ method, body }) => [method, body])).toEqual([
			["POST", "text"],
			["PUT", "bytes"],
			["POST", "a=1+2"],
		]);
	});

	test("keeps its connection for the next call", async () => {
		const quiet = await startTestServer((_request, response) => response.end("ok"));
		for (let call = 0; call < 5; call += 1) await (await fetchAllowed(quiet.origin)).text();
		expect(quiet.connections()).toBeLessThan(5);
		await quiet.close();
	});

	test("takes a hundred calls at the same time", async () => {
		const barrier: (() => void)[] = [];
		const meeting = await startTestServer((_request, response) => {
			barrier.push(() => response.end("ok"));
			if (barrier.length === 100) for (const answer of barrier) answer();
		});
		const responses = await Promise.all(Array.from({ length: 100 }, () => fetchAllowed(meeting.origin)));
		expect(responses.every(({ status }) => status === 200)).toBe(true);
		await meeting.close();
	});
});

describe("an address that may not be reached", () => {
	const fetchPublic = createOutboundFetch({ allow: [] });

	test.each([
		"http://127.0.0.1/",
		"http://localhost/",
		"http://2130706433/",
		"http://0x7f.1/",
		"http://0177.0.0.1/",
		"http://127.1/",
		"http://[::1]/",
		"http://[::ffff:127.0.0.1]/",
		"http://[fd00:ec2::254]/",
		"http://169.254.169.254/latest/meta-data/",
		"http://10.0.0.1:8080/",
		"http://0.0.0.0/",
	])("%s is refused for good", async (url) => {
		await expect(fetchPublic(url)).rejects.toBeInstanceOf(FatalError);
		await expect(fetchPublic(url)).rejects.toThrow("is not a public address");
	});

	test("a name is refused without telling where it leads", async () => {
		const { resolve } = resolving(["10.7.7.7"]);
		const result = createOutboundFetch({ allow: [], resolve })("http://intranet.example.com/");
		await expect(result).rejects.toThrow(/^intranet\.example\.com is not a public address/);
		await expect(result).rejects.not.toThrow("10.7.7.7");
	});

	test("of a name's addresses only the public ones are tried", async () => {
		const { resolve } = resolving(["10.7.7.7", "127.0.0.1"]);
		const response = await createOutboundFetch({ allow, resolve })(`http://mixed.example.com:${server.port}/`);
		expect(await response.text()).toBe("hello");
	});

	test("a name that changes its mind is looked up once and reached where it was checked", async () => {
		const { resolve, lookups } = resolving(["127.0.0.1"], ["10.7.7.7"]);
		const response = await createOutboundFetch({ allow, resolve })(`http://rebind.example.com:${server.port}/`);
		expect(await response.text()).toBe("hello");
		expect(lookups).toEqual(["rebind.example.com"]);
	});

	test("a name that has moved inside is refused when it is looked up again", async () => {
		const { resolve } = resolving(["127.0.0.1"], ["10.7.7.7"]);
		const fetchRebound = createOutboundFetch({ allow, resolve });
		const url = `http://rebind.example.com:${server.port}`;
		await (await fetchRebound(url, { headers: { connection: "close" } })).text();
		await expect(fetchRebound(`http://rebind.example.com:${other.port}`)).rejects.toBeInstanceOf(FatalError);
	});

	test.each([
		["file:///etc/passwd", /Only http and https/],
		["ftp://example.com/", /Only http and https/],
		["javascript:alert(1)", /Only http and https/],
		["http://user:secret@example.com/", /holds a user name or password/],
		["http://example.com@127.0.0.1/", /holds a user name or password/],
		["example.com", /is not a URL/],
		["http://", /is not a URL/],
	])("%s is refused", async (url, message) => {
		await expect(fetchPublic(url)).rejects.toThrow(message);
		await expect(fetchPublic(url)).rejects.toBeInstanceOf(FatalError);
	});

	test("the password of an address is not repeated in the error", async () => {
		await expect(fetchPublic("http://user:secret@example.com/")).rejects.not.toThrow("secret");
	});
});

describe("a redirect", () => {
	test("is followed", async () => {
		const response = await fetchAllowed(redirect(302, "/hi"));
		expect([await response.text(), response.url]).toEqual(["hello", `${server.origin}/hi`]);
	});

	test("to a private address is refused, whatever it looks like", async () => {
		for (const to of [
			"http://169.254.169.254/",
			"http://[::1]/",
			"http://0x0a000001/",
			"http://localhost:1/",
			"http://localhost/",
			"file:///etc/passwd",
		]) {
			await expect(
				createOutboundFetch({ allow, resolve: resolving(["10.0.0.1"]).resolve })(redirect(302, to)),
			).rejects.toBeInstanceOf(FatalError);
		}
	});

	test("without end is given up", async () => {
		await expect(fetchAllowed(`${server.origin}/round`)).rejects.toThrow("redirected more than 5 times");
	});

	test("to another origin takes no key along", async () => {
		await fetchAllowed(redirect(307, `${other.origin}/`), {
			method: "POST",
			body: "{}",
			headers: { authorization: "Bearer s", cookie: "c", "x-api-key": "k", "content-type": "application/json" },
		});
		const { headers, method, body } = other.requests.at(-1) ?? {};
		expect([method, body, headers?.["content-type"]]).toEqual(["POST", "{}", "application/json"]);
		expect([headers?.authorization, headers?.cookie, headers?.["x-api-key"]]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	test("within the origin keeps its headers", async () => {
		await fetchAllowed(redirect(301, "/hi"), { headers: { authorization: "Bearer s" } });
		expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer s");
	});

	test.each([
		[301, "POST", "GET", ""],
		[302, "POST", "GET", ""],
		[303, "PUT", "GET", ""],
		[303, "HEAD", "HEAD", ""],
		[307, "POST", "POST", "data"],
		[308, "PUT", "PUT", "data"],
	])("of status %i turns %s into %s", async (status, before, after, body) => {
		await fetchAllowed(redirect(status, "/hi"), { method: before, ...(before !== "HEAD" && { body: "data" }) });
		expect(server.requests.at(-1)).toMatchObject({ method: after, body });
	});

	test("is given back or refused when the caller wants it so", async () => {
		expect((await fetchAllowed(redirect(302, "/hi"), { redirect: "manual" })).status).toBe(302);
		await expect(fetchAllowed(redirect(302, "/hi"), { redirect: "error" })).rejects.toBeInstanceOf(FatalError);
	});
});

describe("a network that fails", () => {
	test("a refused connection may be tried again", async () => {
		const gone = await startTestServer((_request, response) => response.end());
		await gone.close();
		await expect(fetchAllowed(gone.origin)).rejects.toBeInstanceOf(RetryableError);
		await expect(fetchAllowed(gone.origin)).rejects.toThrow("127.0.0.1 refused the connection");
	});

	test("an unknown name may be tried again", async () => {
		const resolve = async () => Promise.reject(Object.assign(new Error("dns"), { code: "ENOTFOUND" }));
		const result = createOutboundFetch({ allow, resolve })("http://nowhere.example.com/");
		await expect(result).rejects.toThrow("There is no host called nowhere.example.com");
		await expect(result).rejects.toBeInstanceOf(RetryableError);
	});

	test("an abort rejects with its reason, before and in the middle", async () => {
		const reason = new Error("cancelled by Mara");
		await expect(fetchAllowed(server.origin, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
		const controller = new AbortController();
		const response = await fetchAllowed(`${server.origin}/hang`, { signal: controller.signal });
		controller.abort(reason);
		await expect(response.text()).rejects.toBe(reason);
	});

	test("an answer that breaks off, or is larger than allowed, ends in an error and not in half a text", async () => {
		await expect(fetchAllowed(`${server.origin}/broken`).then((response) => response.text())).rejects.toThrow();
		const small = createOutboundFetch({ allow, maxResponseBytes: 1_000 });
		await expect(small(`${server.origin}/large`).then((response) => response.text())).rejects.toThrow();
	});

	test("a header that HTTP forbids is refused for good", async () => {
		await expect(fetchAllowed(server.origin, { headers: { "x-a": "1\r\nx-b: 2" } })).rejects.toBeInstanceOf(FatalError);
	});
});

describe("a file as the body", () => {
	const fileOf = (pieces: string[]) => {
		let opened = 0;
		async function* read() {
			for (const piece of pieces) {
				if (piece === "broken") throw new FatalError("It was changed in the storage.");
				yield Buffer.from(piece);
			}
		}
		return {
			opened: () => opened,
			size: pieces.join("").length,
			async open() {
				opened += 1;
				return read();
			},
		};
	};

	test("is sent with its length, and once more where a redirect asks for it", async () => {
		const file = fileOf(["abc", "def"]);
		const before = server.requests.length;
		await fetchAllowed(redirect(307, "/hi"), { method: "PUT", body: file });
		const sent = server.requests.slice(before);
		expect(sent.map(({ body, headers }) => [body, headers["content-length"]])).toEqual(Array(2).fill(["abcdef", "6"]));
		expect(file.opened()).toBe(2);
		await fetchAllowed(redirect(303, "/hi"), { method: "POST", body: file });
		expect(server.requests.at(-1)).toMatchObject({ method: "GET", body: "" });
	});

	test("that cannot be read says why", async () => {
		const sending = fetchAllowed(`${server.origin}/hi`, { method: "PUT", body: fileOf(["broken"]) });
		await expect(sending).rejects.toThrow("It was changed in the storage.");
	});
});

describe("cookies that a server sets with a redirect", () => {
	test("are sent on to the same site, over those of the caller, and forgotten after the call", async () => {
		await fetchAllowed(`${server.origin}/sign-in`, { headers: { cookie: "a=old; b=1" } });
		expect(server.requests.at(-1)?.headers.cookie).toBe("b=1; session=s1; a=new");
		await fetchAllowed(`${server.origin}/hi`);
		expect(server.requests.at(-1)?.headers).not.toHaveProperty("cookie");
	});

	test("stay away from other sites", async () => {
		const elsewhere = await startTestServer((_request, response) => response.end("ok"));
		const { resolve } = resolving(["127.0.0.1"]);
		const to = encodeURIComponent(`http://elsewhere.example.com:${elsewhere.port}/`);
		await createOutboundFetch({ allow, resolve })(`${server.origin}/sign-out-elsewhere?to=${to}`);
		expect(elsewhere.requests.at(-1)?.headers).not.toHaveProperty("cookie");
		await elsewhere.close();
	});
});

describe("a server whose certificate an authority of one's own has signed", () => {
	const secure = createServer({ cert: TEST_CERTIFICATE, key: TEST_KEY }, (_request, response) => response.end("safe"));
	beforeAll(() => new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve)));
	afterAll(() => secure.close());
	const origin = () => `https://127.0.0.1:${z.object({ port: z.number() }).parse(secure.address()).port}`;

	test("is refused for good, with what to do about it", async () => {
		await expect(fetchAllowed(origin())).rejects.toThrow(/is not trusted .*WEFT_CA_FILE/);
		await expect(fetchAllowed(origin())).rejects.toBeInstanceOf(FatalError);
	});

	test("is called when that authority is trusted", async () => {
		const response = await createOutboundFetch({ allow, authorities: TEST_CERTIFICATE })(origin());
		expect(await response.text()).toBe("safe");
	});
});

test.each(["transfer-encoding", "upgrade", "expect"])("a request with %s is refused for good", async (name) => {
	const value = name === "expect" ? "100-continue" : "x";
	await expect(fetchAllowed(server.origin, { headers: { [name]: value } })).rejects.toBeInstanceOf(FatalError);
});
