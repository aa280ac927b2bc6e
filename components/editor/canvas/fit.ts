/** How the whole drawing is brought into view: clear of the toolbars that float on the canvas. */
export const FIT = { padding: { top: "60px", right: "28px", bottom: "60px", left: "64px" }, maxZoom: 1 } as const;
