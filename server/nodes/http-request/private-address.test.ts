import { expect, test } from "vitest";
import { catalog } from "../catalog";
import { allowExample, privateHost } from "./private-address";

test.each([
	["http://localhost:3000/a", "localhost"],
	["http://api.localhost", "api.localhost"],
	["http://127.1/x", "127.0.0.1"],
	["https://user:word@10.0.0.7", "10.0.0.7"],
	["http://172.20.1.1?x={{ inputs.x }}", "172.20.1.1"],
	["http://192.168.0.1/{{ inputs.x }}", "192.168.0.1"],
	["http://169.254.169.254/latest", "169.254.169.254"],
	["http://[::1]:80", "[::1]"],
	["http://[fd00::1]/", "[fd00::1]"],
	["http://printer.local", "printer.local"],
])("%s is private", (url, host) => {
	expect(privateHost(url)).toBe(host);
});

test.each([
	"https://api.example.com/127.0.0.1",
	"https://172.32.0.1",
	"https://8.8.8.8",
	"{{ inputs.url }}",
	"http://10.0.0.{{ inputs.n }}",
	"http://{{ inputs.host }}/a",
	"http://[2606:4700::1]",
	"http://",
	"ftp://localhost",
])("%s is not said to be private", (url) => {
	expect(privateHost(url)).toBeUndefined();
});

test("a private address is warned of while it is typed, with the setting that allows it", () => {
	const advise = (url: string) => catalog["http-request"].warnings({ url });
	expect(advise("https://api.example.com")).toEqual([]);
	expect(advise("http://10.0.0.7/health")).toEqual([
		{
			field: "url",
			message:
				"10.0.0.7 is a private address, which steps reach only where an administrator allows it: WEFT_ALLOW_ADDRESSES=10.0.0.7/32.",
		},
	]);
	expect(allowExample("localhost")).toBe("127.0.0.1/32");
	expect(allowExample("[fd00::1]")).toBe("fd00::1/128");
});
