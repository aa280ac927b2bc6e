// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { DeliveryDetails } from "./delivery-details";

afterEach(cleanup);

const duplicate = {
	...{ id: "b", key: "orders", type: "webhook", verdict: "duplicate" as const, at: new Date(), latencyMs: 3 },
	...{ reason: "It is the same as an earlier delivery.", redeliveryOf: null, run: null, request: null, others: [] },
};

it("leads from a duplicate to the delivery that it is the same as, and to its run, while that is kept", () => {
	const onOpen = vi.fn();
	const at = new Date(2027, 0, 2, 10, 31);
	const details = (sameAs: { id: string; at: Date; run: { number: number } | null } | null) => (
		<DeliveryDetails delivery={{ ...duplicate, sameAs }} base="/acme/workflows" slug="shop" onOpen={onOpen} />
	);
	const { rerender } = render(details({ id: "a", at, run: { number: 7 } }));
	fireEvent.click(screen.getByRole("button", { name: /^the delivery of .*10:31/ }));
	expect(onOpen).toHaveBeenCalledWith("a");
	expect(screen.getByRole("link", { name: "run 7" }).getAttribute("href")).toBe("/acme/workflows/shop/runs/7");
	rerender(details(null));
	expect(screen.getByText("It is the same as an earlier delivery.")).toBeDefined();
	expect(screen.queryByRole("button")).toBeNull();
});
