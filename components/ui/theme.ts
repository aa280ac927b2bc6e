export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = "weft-theme";

/** Runs before the first paint, so that a dark page never flashes light. It must stand on its own. */
export const themeScript = `(()=>{
const media=matchMedia("(prefers-color-scheme: dark)");
const apply=()=>{let chosen=null;try{chosen=localStorage.getItem("${STORAGE_KEY}")}catch{}
document.documentElement.dataset.theme=chosen==="light"||chosen==="dark"?chosen:media.matches?"dark":"light"};
apply();media.addEventListener("change",apply);addEventListener("storage",apply);addEventListener("weft-theme",apply)})()`;

export function readTheme(): Theme {
	const chosen = localStorage.getItem(STORAGE_KEY);
	return THEMES.find((theme) => theme === chosen) ?? "system";
}

/** Keeps the choice in this browser and applies it at once, in every tab. */
export function chooseTheme(theme: Theme): void {
	if (theme === "system") localStorage.removeItem(STORAGE_KEY);
	else localStorage.setItem(STORAGE_KEY, theme);
	dispatchEvent(new Event("weft-theme"));
}
