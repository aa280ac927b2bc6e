// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseTheme, keepTheme, readTheme } from "./theme";

const shown = () => document.documentElement.dataset.theme;
let stop: () => void;

beforeEach(() => {
	localStorage.clear();
	stop = keepTheme();
});
afterEach(() => stop());

describe("theme", () => {
	it("follows the system until somebody chooses", () => {
		expect(readTheme()).toBe("system");
		expect(shown()).toBe("light");
	});

	it("shows a choice at once and keeps it", () => {
		chooseTheme("dark");
		expect(shown()).toBe("dark");
		expect(readTheme()).toBe("dark");
	});

	it("follows the system again when that is chosen", () => {
		chooseTheme("dark");
		chooseTheme("system");
		expect(shown()).toBe("light");
		expect(localStorage).toHaveLength(0);
	});

	it("takes over what another tab chose", () => {
		localStorage.setItem("weft-theme", "dark");
		dispatchEvent(new Event("storage"));
		expect(shown()).toBe("dark");
	});

	it("ignores a value that is no theme", () => {
		localStorage.setItem("weft-theme", "purple");
		expect(readTheme()).toBe("system");
	});
});
