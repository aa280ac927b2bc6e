import type { StepDetails } from "./film-details";
import type { Frame } from "./film-frames";

/** What the page of a film plays. */
export interface FilmData {
	/** In ms. */
	length: number;
	frames: Frame[];
	steps: Record<string, StepDetails>;
	looks: Record<string, string>;
}

/**
 * Plays a film in the page that holds it. Its source is the page's script: it knows nothing of what stands around it here.
 */
export function playFilm(): void {
	const find = (id: string) => document.getElementById(id);
	const film: FilmData = JSON.parse(find("film")?.textContent ?? "{}");
	const slider = document.querySelector("input");
	const [play, clock, details, status, canvas] = ["play", "clock", "details", "status", "canvas"].map(find);
	const drawing = document.querySelector("svg#drawing");
	if (!slider || !play || !clock || !details || !status || !canvas || !drawing) return;
	const byData = (name: "step" | "edge" | "row") => {
		const found = [...document.querySelectorAll<HTMLElement | SVGElement>(`[data-${name}]`)];
		return new Map(found.map((element) => [element.dataset[name] ?? "", element]));
	};
	const [steps, edges] = [byData("step"), byData("edge")];
	const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
	const curtains = rows.flatMap((row) => {
		const bars = row.querySelector("svg");
		const curtain = document.createElementNS("http://www.w3.org/2000/svg", "rect");
		curtain.setAttribute("class", "future");
		curtain.setAttribute("height", "100%");
		curtain.setAttribute("width", "100%");
		bars?.append(curtain);
		return bars ? [curtain] : [];
	});
	const iterations = new Map<string, string>();
	let shown = -1;
	let now = film.length;
	let chosen = "";
	let last = 0;
	let isPlaying = false;

	const duration = (ms: number) => {
		const seconds = ms / 1_000;
		if (seconds < 60) return `${seconds.toFixed(1)} s`;
		const minutes = Math.floor(seconds / 60);
		if (minutes < 60) return `${minutes} m ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
		return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} m`;
	};
	const setState = (element: Element, look: string) => {
		element.setAttribute("data-state", look);
		element.querySelector("use")?.setAttribute("href", `#state-${look}`);
	};
	const apply = (frame: Frame) => {
		for (const [id, [look, text, iteration]] of Object.entries(frame.steps)) {
			const step = steps.get(id);
			iterations.set(id, iteration);
			if (!step) continue;
			setState(step, look);
			step.setAttribute("aria-label", `${step.dataset.name}, ${film.looks[look] ?? look}`);
			const sub = step.querySelector(".sub");
			const words = text === "" ? (step.dataset.type ?? "") : text;
			if (sub) sub.textContent = words.length > 28 ? `${words.slice(0, 27)}…` : words;
		}
		for (const [id, look] of Object.entries(frame.edges)) edges.get(id)?.setAttribute("data-look", look);
		setState(status, frame.run);
		const words = status.querySelector("span");
		if (words) words.textContent = film.looks[frame.run] ?? frame.run;
	};
	const keyOf = (id: string) => {
		const iteration = iterations.get(id) ?? "";
		return iteration === "" ? id : `${id}#${iteration}`;
	};
	const line = (tag: string, text: string, name = "") => {
		const element = document.createElement(tag);
		element.textContent = text;
		element.className = name;
		details.append(element);
	};
	const showDetails = () => {
		details.replaceChildren();
		const id = chosen.split("#")[0] ?? "";
		const step = film.steps[chosen];
		if (chosen === "") return line("p", "Choose a step to see what it did.", "quiet");
		line("h2", steps.get(id)?.dataset.name ?? id);
		if (!step || step.from === null || step.from > now) return line("p", "It has not begun.", "quiet");
		const isOver = step.to !== null && step.to <= now;
		line("p", isOver ? `Took ${duration((step.to ?? 0) - step.from)}` : "It has not ended.", "quiet");
		for (const { at, text } of step.messages) if (at <= now) line("p", text);
		for (const [title, text] of [
			["Input", step.input],
			["Output", isOver ? step.output : ""],
			["Log", isOver ? step.log : ""],
		]) {
			if (!text) continue;
			line("h3", title ?? "");
			line("pre", text);
		}
	};
	const choose = (key: string) => {
		chosen = key;
		for (const row of rows) row.setAttribute("aria-pressed", String(row.dataset.row === key));
		for (const [id, step] of steps) step.setAttribute("aria-pressed", String(id === key.split("#")[0]));
		showDetails();
	};
	const show = (moment: number) => {
		now = Math.min(film.length, Math.max(0, moment));
		const next = film.frames.findLastIndex(({ at }) => at <= now);
		if (next < shown) shown = -1;
		const isNew = next !== shown;
		for (const frame of film.frames.slice(shown + 1, next + 1)) apply(frame);
		shown = next;
		slider.value = String(now);
		slider.setAttribute("aria-valuetext", duration(now));
		clock.textContent = duration(now);
		const passed = film.length === 0 ? 100 : (now / film.length) * 100;
		for (const curtain of curtains) curtain.setAttribute("x", `${passed}%`);
		if (isNew) showDetails();
	};
	const setPlaying = (playing: boolean) => {
		isPlaying = playing;
		last = performance.now();
		play.textContent = playing ? "Pause" : "Play";
		if (playing) requestAnimationFrame(tick);
	};
	const pace = Math.min(1, film.length / 8_000);
	const tick = (time: number) => {
		if (!isPlaying) return;
		show(now + Math.max(0, time - last) * pace);
		last = time;
		if (now >= film.length) setPlaying(false);
		else requestAnimationFrame(tick);
	};
	const fitDrawing = () => {
		const [width, height] = ["width", "height"].map((name) => Number(drawing.getAttribute(`data-${name}`)));
		if (!width || !height) return;
		const scale = Math.min(1, Math.max(0.5, Math.min(canvas.clientWidth / width, canvas.clientHeight / height)));
		drawing.setAttribute("width", String(width * scale));
		drawing.setAttribute("height", String(height * scale));
	};
	play.addEventListener("click", () => {
		if (!isPlaying && now >= film.length) show(0);
		setPlaying(!isPlaying);
	});
	slider.addEventListener("input", () => {
		setPlaying(false);
		show(Number(slider.value));
	});
	for (const row of rows) row.addEventListener("click", () => choose(row.dataset.row ?? ""));
	for (const [id, step] of steps) {
		step.addEventListener("click", () => choose(keyOf(id)));
		step.addEventListener("keydown", (event) => {
			if (!(event instanceof KeyboardEvent) || (event.key !== "Enter" && event.key !== " ")) return;
			event.preventDefault();
			choose(keyOf(id));
		});
	}
	drawing.setAttribute("data-width", drawing.getAttribute("width") ?? "");
	drawing.setAttribute("data-height", drawing.getAttribute("height") ?? "");
	addEventListener("resize", fitDrawing);
	fitDrawing();
	show(film.length);
	showDetails();
	// Nothing that is pressed is lost: the controls are drawn disabled, and all of them are heard from here on.
	for (const step of steps.values()) {
		step.removeAttribute("aria-disabled");
		step.setAttribute("tabindex", "0");
	}
	for (const control of document.querySelectorAll<HTMLElement>("button, input")) control.removeAttribute("disabled");
}
