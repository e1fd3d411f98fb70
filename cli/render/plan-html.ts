import { placeText } from "../../engine/config/place.ts";
import type { Candidate, Change, Held, Plan, RuleSummary } from "../../engine/plan/plan.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import { type Html, html, joined, page, raw, when } from "./html.ts";
import { indexPlan, neededBy, type PlanIndex, waitsFor } from "./plan-index.ts";
import {
  changeAddresses,
  changeFields,
  changesByRule,
  estimateText,
  fieldPlace,
  outsideTexts,
  ruleTitle,
  selectionText,
  summaryText,
  verdictText,
  windowText,
} from "./plan-view.ts";
import { afterText } from "./reference-text.ts";
import { timeText } from "./time-text.ts";
import { labelText, valueText } from "./value-text.ts";
import { count, fieldReasonText, figure, kindSign } from "./words.ts";

/** Sections with more records than this start closed, so that the page opens at its summary. */
const openRecordsMax = 50;

const whole = { brief: false };

/** The plan as one HTML file without scripts or anything to load. */
export function planHtml(plan: Plan, options: { readonly timeZone?: string } = {}): string {
  const title = plan.header.purpose === "link" ? "Linking plan" : "Plan";
  const index = indexPlan(plan);
  const body = html`<header>
<h1>${title} <code>${plan.id.slice(0, 12)}</code></h1>
<p class="summary">${summaryText(plan)}</p>
<p>${verdictText(plan)}</p>
${when(selectionText(plan), (text) => html`<p>${text}</p>`)}
${when(estimateText(plan), (text) => html`<p>${text}</p>`)}
<p class="dim">Made ${timeText(new Date(plan.header.createdAt), options.timeZone)}${when(plan.header.environment, (name) => html`, environment ${name}`)}, syncctl ${plan.header.engineVersion}</p>
</header>
<main>
${guards(plan)}
${readings(plan)}
${joined(changesByRule(plan).map(({ rule, changes }) => ruleSection(rule, changes, index)))}
${heldSection(plan)}
${nearSection(plan)}
${passedOverSection(plan)}
${findingsSection(plan)}
</main>`;
  return page(`${title}: ${summaryText(plan)}`, body);
}

function guards(plan: Plan): Html {
  if (plan.guards.length === 0) return raw("");
  const items = plan.guards.map(
    (guard) =>
      html`<li class="${guard.allowed ? "dim" : "retire"}"><strong>${guard.allowed ? "Let through" : "Refused"}</strong> ${guard.mapping}: ${guard.message}</li>`,
  );
  return html`<section><h2>Guards</h2><ul>${joined(items)}</ul></section>`;
}

function readings(plan: Plan): Html {
  const rows = plan.readings.map(
    (reading) =>
      html`<tr><th scope="row"><code>${streamText(reading)}</code></th><td>${count(reading.records, "record")}${when(windowText(reading), (days) => html`, days ${days}`)}</td><td>${reading.ended ? "complete" : `not read to the end: ${reading.problem ?? "no reason was given"}`}</td></tr>`,
  );
  const outside = outsideTexts(plan).map((text) => html`<p>${text}</p>`);
  const table = html`<table><tbody>${joined(rows)}</tbody></table>`;
  return section("Read", rows.length, html`${table}${joined(outside)}`);
}

function ruleSection(rule: RuleSummary, changes: readonly Change[], index: PlanIndex): Html {
  const rows = changes.map((change) => changeRow(change, rule, index));
  return section(
    ruleTitle(rule),
    changes.length,
    html`<p class="dim">${placeText(rule.at)}; ${figure(rule.inStep)} in step</p>
<table><thead><tr><th scope="col">Change</th><th scope="col">Record</th><th scope="col">Fields</th></tr></thead>
<tbody>${joined(rows)}</tbody></table>`,
  );
}

function changeRow(change: Change, rule: RuleSummary, index: PlanIndex): Html {
  const fields = changeFields(change).map((field) => {
    const before =
      change.kind === "create"
        ? raw("")
        : html`<del>${valueText(field.before, whole)}</del> <span aria-hidden="true">→</span> `;
    const why = field.why === "new" ? "" : `${fieldReasonText[field.why]}, `;
    return html`<li><code>${field.field}</code> ${before}<ins>${afterText(field, { ...whole, index })}</ins> <small>${why}${fieldPlace(rule, field.field)}</small></li>`;
  });
  const needed = when(neededBy(change, index), (text) => html`<br>needed by: ${text}`);
  const after = waitsFor(change, index).map(
    ({ what, label }) => html`<br>after: ${what} ${labelText(label, whole)}`,
  );
  const list = fields.length === 0 ? raw("") : html`<ul>${joined(fields)}</ul>`;
  return html`<tr><td class="${change.kind}"><span aria-hidden="true">${kindSign[change.kind]}</span> ${change.kind}</td><td><strong>${labelText(change.label, whole)}</strong><br><small>${changeAddresses(change)}</small><br>${change.reason}${needed}${joined(after)}</td><td>${list}</td></tr>
`;
}

function heldSection(plan: Plan): Html {
  if (plan.held.length === 0) return raw("");
  const rows = plan.held.map(heldRow);
  return section(
    "Held: not written",
    rows.length,
    html`<table><thead><tr><th scope="col">Why</th><th scope="col">Record</th><th scope="col">What to do</th></tr></thead>
<tbody>${joined(rows)}</tbody></table>`,
  );
}

function heldRow(held: Held): Html {
  return html`<tr><td class="update">${held.code}</td><td><strong>${labelText(held.label, whole)}</strong><br><small>${addressText(held.source)}</small></td><td>${held.reason}<br>${held.todo}${candidates(held.candidates)}<small>${placeText(held.at)}</small></td></tr>
`;
}

function candidates(list: readonly Candidate[]): Html {
  if (list.length === 0) return raw("<br>");
  const items = list.map((candidate) => {
    const differences = candidate.differences.map(
      ({ field, source, target }) =>
        html`<li><code>${field}</code> ${valueText(source, whole)} in the source, ${valueText(target, whole)} in the target</li>`,
    );
    return html`<li>could be <strong>${labelText(candidate.label, whole)}</strong> <small>${addressText(candidate.address)}</small>${when(candidate.linkedTo, (linked) => html`, linked to ${addressText(linked)} already`)}<ul>${joined(differences)}</ul></li>`;
  });
  return html`<ul>${joined(items)}</ul>`;
}

function nearSection(plan: Plan): Html {
  if (plan.nearMatches.length === 0) return raw("");
  const rows = plan.nearMatches.map(
    (near) =>
      html`<tr><td><strong>${labelText(near.label, whole)}</strong><br><small>${addressText(near.source)}</small></td><td>${candidates(near.candidates)}</td></tr>`,
  );
  return section(
    "Nearly matching",
    rows.length,
    html`<table><tbody>${joined(rows)}</tbody></table>`,
  );
}

function passedOverSection(plan: Plan): Html {
  const groups = plan.passedOver.map((group) =>
    section(
      group.reason,
      group.records.length,
      html`<p class="dim">${placeText(group.at)}</p>${records(group.records)}`,
    ),
  );
  return groups.length === 0 ? raw("") : html`<h2>Passed over</h2>${joined(groups)}`;
}

function findingsSection(plan: Plan): Html {
  const items = plan.findings.map((finding) =>
    section(
      `${finding.code}: ${finding.message}`,
      finding.records.length,
      records(finding.records),
    ),
  );
  return items.length === 0 ? raw("") : html`<h2>Findings</h2>${joined(items)}`;
}

function records(list: Plan["findings"][number]["records"]): Html {
  const items = list.map(
    ({ address, label }) =>
      html`<li>${labelText(label, whole)} <small>${addressText(address)}</small></li>`,
  );
  return items.length === 0 ? raw("") : html`<ul>${joined(items)}</ul>`;
}

function section(title: string, size: number, content: Html): Html {
  const open = size <= openRecordsMax ? raw(" open") : raw("");
  return html`<details${open}><summary>${title} <span class="count">${figure(size)}</span></summary>${content}</details>
`;
}
