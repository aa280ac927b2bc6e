import { findAlertmanager } from "../../server/triggers/alertmanager/find-alertmanager";
import { installOnDebian } from "./install-on-debian";

/** Sees to it that the tests of alerts have a real Alertmanager, where one can be had, and says so where not. */
if (findAlertmanager() === undefined) installOnDebian("prometheus-alertmanager", "the tests of alerts");
const found = findAlertmanager();
if (found) console.log(`The tests of alerts use ${found}.`);
else console.log("There is no Alertmanager here: its own tests are skipped, and stories are told by payloads.");
