export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = "weft-theme";
const CHANGED = "weft-theme";

/** Runs before the first paint, so that a dark page never flashes light. It must stand on its own. */
export const themeScript = `{let chosen=null;try{chosen=localStorage.getItem("${STORAGE_KEY}")}catch{}
document.documentElement.dataset.theme=chosen==="light"||chosen==="dark"?chosen:matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"}`;

/** Keeps the page in the chosen theme, whoever changes it: this page, another tab or the system. Returns its end. */
export function keepTheme(): () => void {
	const system = matchMedia("(prefers-color-scheme: dark)");
	const apply = () => {
		const chosen = readTheme();
		const light = chosen === "light" || (chosen === "system" && !system.matches);
		document.documentElement.dataset.theme = light ? "light" : "dark";
	};
	const stop = new AbortController();
	const { signal } = stop;
	system.addEventListener("change", apply, { signal });
	addEventListener("storage", apply, { signal });
	addEventListener(CHANGED, apply, { signal });
	apply();
	return () => stop.abort();
}

export function readTheme(): Theme {
	const chosen = localStorage.getItem(STORAGE_KEY);
	return THEMES.find((theme) => theme === chosen) ?? "system";
}

/** Calls back with each theme that is chosen on this page; returns the function that unsubscribes. */
export function onThemeChosen(tell: (theme: Theme) => void): () => void {
	const listen = () => tell(readTheme());
	addEventListener(CHANGED, listen);
	return () => removeEventListener(CHANGED, listen);
}

/** Keeps the choice in this browser and applies it at once, in every tab. */
export function chooseTheme(theme: Theme): void {
	if (theme === "system") localStorage.removeItem(STORAGE_KEY);
	else localStorage.setItem(STORAGE_KEY, theme);
	dispatchEvent(new Event(CHANGED));
}
