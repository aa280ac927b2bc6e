import { expect, test } from "vitest";
import { describeDevice } from "./describe-device";

test.each([
	["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Windows"],
	[
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
		"Safari on iOS",
	],
	[
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
		"Chrome on Linux",
	],
	[
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
		"Microsoft Edge on macOS",
	],
	["", "Unknown device"],
	["   ", "Unknown device"],
])("%s is %s", (userAgent, device) => {
	expect(describeDevice(userAgent)).toBe(device);
});

test("whatever else a client calls itself is short", () => {
	expect(describeDevice("my-script/1.0 (secret things)")).toBe("my-script");
	expect(describeDevice("x".repeat(400))).toBe("x".repeat(40));
});
