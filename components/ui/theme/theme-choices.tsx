"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Segmented } from "../forms/segmented";
import { MenuChoices, MenuLabel } from "../menu";
import { chooseTheme, readTheme, THEMES, type Theme } from "./theme";

const THEME_LABELS = {
	system: { label: "System", icon: <Monitor /> },
	light: { label: "Light", icon: <Sun /> },
	dark: { label: "Dark", icon: <Moon /> },
} satisfies Record<Theme, { label: string; icon: ReactNode }>;

/** How the pages look: a part of a menu, which reads what is chosen each time it opens. */
export function ThemeChoices() {
	const { theme, choose } = useTheme();
	return (
		<>
			<MenuLabel>Theme</MenuLabel>
			<MenuChoices
				label="Theme"
				value={theme}
				onChange={choose}
				options={THEMES.map((value) => ({ value, ...THEME_LABELS[value] }))}
			/>
		</>
	);
}

/** The same in a form. */
export function ThemeSegments() {
	const { theme, choose } = useTheme();
	const options = THEMES.map((value) => ({ value, label: THEME_LABELS[value].label }));
	return <Segmented aria-label="Theme" value={theme} onChange={choose} options={options} />;
}

function useTheme() {
	const [theme, setTheme] = useState<Theme>(readTheme);
	const choose = (chosen: string) => {
		const known = THEMES.find((candidate) => candidate === chosen) ?? "system";
		chooseTheme(known);
		setTheme(known);
	};
	return { theme, choose };
}
