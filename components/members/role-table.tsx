"use client";

import { Check } from "lucide-react";
import { allows, PERMISSION_PHRASES, PERMISSIONS, ROLE_LADDER } from "@/server/teams/permissions";
import { Cell, HeadCell, Row, Table } from "../ui/table";
import { capitalize } from "./capitalize";

/** The ladder that the server enforces, permission by permission. */
export function RoleTable() {
	return (
		<div className="overflow-hidden rounded-3 border border-line bg-panel shadow-1">
			<Table>
				<thead>
					<tr className="[&>th]:bg-sunken">
						<HeadCell className="first:pl-4">
							<span className="sr-only">Permission</span>
						</HeadCell>
						{ROLE_LADDER.map((role) => (
							<HeadCell
								key={role}
								className="w-[96px] text-center phone:w-[47px] phone:px-0 phone:text-[10px] phone:last:w-[51px] phone:last:pr-1"
							>
								{capitalize(role)}
							</HeadCell>
						))}
					</tr>
				</thead>
				<tbody className="[&>tr:last-child>td]:border-b-0">
					{PERMISSIONS.map((permission) => (
						<Row key={permission} className="hover:bg-transparent">
							<Cell className="whitespace-normal first:pl-4 phone:py-1.5 phone:text-12 phone:first:pl-3">
								{capitalize(PERMISSION_PHRASES[permission])}
							</Cell>
							{ROLE_LADDER.map((role) => (
								<Cell key={role} className="text-center phone:px-0 phone:last:pr-1">
									<Mark allowed={allows(role, permission)} />
								</Cell>
							))}
						</Row>
					))}
				</tbody>
			</Table>
		</div>
	);
}

function Mark({ allowed }: { allowed: boolean }) {
	if (allowed) return <Check aria-label="Yes" className="mx-auto size-4 text-accent" />;
	return (
		<span className="text-ink-3">
			<span aria-hidden="true">–</span>
			<span className="sr-only">No</span>
		</span>
	);
}
