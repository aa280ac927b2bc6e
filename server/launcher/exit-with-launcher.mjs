/**
 * Loaded before the entry of every child of the launcher (`node --import`). The launcher holds the other end of the
 * channel: when it is killed, the channel closes and the child must not stay behind. It gets the chance to end what
 * it has started, but no longer than it would at an orderly stop.
 */
if (process.env.WEFT_LED === undefined) {
	// `next dev` starts a process of its own with the same arguments. That one listens to its parent, not to us: an
	// unreferenced channel would end it before its first message.
	process.env.WEFT_LED = "1";
	process.on("disconnect", () => {
		setTimeout(() => process.exit(1), 4_000).unref();
		process.kill(process.pid, "SIGTERM");
	});
	process.channel?.unref();
}
