"use client";

import dynamic from "next/dynamic";

/** Most links show a run and ask for no password: what others need is loaded where it is shown. */
export const LockedLink = dynamic(() => import("./link-password").then((module) => module.LinkPassword));

export const WorkflowLink = dynamic(() => import("./shared-workflow-page").then((module) => module.SharedWorkflowPage));
