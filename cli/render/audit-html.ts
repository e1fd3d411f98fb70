import type {
  Audit,
  AuditCandidate,
  AuditFinding,
  AuditRecord,
  AuditValue,
} from "../../engine/audit/finding.ts";
import { addressText, streamText } from "../../engine/value/address.ts";
import {
  type AuditSection,
  auditRuleTitle,
  auditSections,
  auditVerdict,
  couldBe,
  ruleCountsText,
  ruleName,
  severityReason,
  severityTitle,
  targetCountsText,
} from "./audit-view.ts";
import { type Html, html, joined, page, raw, when } from "./html.ts";
import { timeText } from "./time-text.ts";
import { labelText, valueText } from "./value-text.ts";
import { count, figure } from "./words.ts";

/** Groups with more findings than this start closed, so that the page opens at its summary. */
const openFindingsMax = 50;

const whole = { brief: false };

/**
 * The audit as one HTML file that loads nothing and runs nothing. Rules and severities can be hidden by their boxes,
 * which needs no script; for a name there is the search of the browser.
 */
export function auditHtml(audit: Audit, options: { readonly timeZone?: string } = {}): string {
  const rules = [...new Set(audit.findings.map(ruleName))];
  const sections = auditSections(audit);
  const body = html`<style>${raw(styleOf(rules))}</style>
<header>
<h1>Audit</h1>
<p class="summary">${auditVerdict(audit)}</p>
<ul>${joined(audit.rules.map((rule) => html`<li><strong>${auditRuleTitle(rule)}</strong><br>${ruleCountsText(rule)}<br>${targetCountsText(rule)}</li>`))}</ul>
${readings(audit)}
<p class="dim">Made ${timeText(new Date(audit.header.createdAt), options.timeZone)}${when(audit.header.environment, (name) => html`, environment ${name}`)}, syncctl ${audit.header.engineVersion}</p>
${boxes(sections, rules)}
</header>
<main>
${joined(sections.map((section) => sectionHtml(section, rules)))}
${fields(audit)}
</main>`;
  return page(`Audit: ${auditVerdict(audit)}`, body);
}

/** On a phone every cell has a line of its own. What a box leaves out is hidden by the sheet. */
function styleOf(rules: readonly string[]): string {
  const hidden = rules.map(
    (_rule, at) => `body:has(#rule-${at}:not(:checked)) .rule-${at} { display: none; }`,
  );
  return `
.boxes { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; border: 1px solid var(--line); padding: 0.5rem 0.8rem; }
.high { color: light-dark(#a3262b, #ff9a94); } .medium { color: light-dark(#7a5200, #f0c060); }
.low { color: light-dark(#0b5f8a, #7cc7f2); }
h2 { margin-bottom: 0; } h2 + p { margin-top: 0; }
td:first-child { width: 10rem; overflow-wrap: normal; } td:nth-child(2) { width: 16rem; }
@media (max-width: 45rem) {
  body { padding: 0.8rem; }
  thead { display: none; }
  table, tbody, tr, td { display: block; }
  td, td:first-child, td:nth-child(2) { border-bottom: 0; padding: 0.15rem 0; width: auto; }
  tr { border-bottom: 1px solid var(--line); padding: 0.4rem 0; }
}
${["high", "medium", "low"].map((severity) => `body:has(#show-${severity}:not(:checked)) #${severity} { display: none; }`).join("\n")}
${hidden.join("\n")}
`;
}

function boxes(sections: readonly AuditSection[], rules: readonly string[]): Html {
  const severities = sections.map(
    ({ severity, findings }) =>
      html`<label><input type="checkbox" id="show-${severity}" checked> ${severityTitle[severity]} <span class="count">${figure(findings)}</span></label>`,
  );
  const byRule = rules.map(
    (rule, at) =>
      html`<label><input type="checkbox" id="rule-${String(at)}" checked> ${rule}</label>`,
  );
  if (sections.length === 0) return raw("");
  return html`<p class="boxes">${joined([...severities, ...(rules.length > 1 ? byRule : [])])}</p>`;
}

function readings(audit: Audit): Html {
  const stopped = audit.readings.filter(({ ended }) => !ended);
  const items = stopped.map(
    (reading) =>
      html`<li class="high"><code>${streamText(reading)}</code> not read to the end: ${reading.problem ?? "no reason was given"}</li>`,
  );
  return items.length === 0 ? raw("") : html`<ul>${joined(items)}</ul>`;
}

function sectionHtml(section: AuditSection, rules: readonly string[]): Html {
  const { severity, findings, groups } = section;
  return html`<section id="${severity}"><h2 class="${severity}">${severityTitle[severity]} <span class="count">${figure(findings)}</span></h2>
<p class="dim">${severityReason[severity]}</p>
${joined(groups.map((group) => groupHtml(group, rules)))}</section>
`;
}

function groupHtml(group: AuditSection["groups"][number], rules: readonly string[]): Html {
  const { title, findings } = group;
  const open = findings.length <= openFindingsMax ? raw(" open") : raw("");
  return html`<details${open}><summary>${title} <span class="count">${figure(findings.length)}</span></summary>
<table><thead><tr><th scope="col">What</th><th scope="col">Records</th><th scope="col">What is the matter, and what to do</th></tr></thead>
<tbody>${joined(findings.map((finding) => row(finding, rules)))}</tbody></table></details>
`;
}

function row(finding: AuditFinding, rules: readonly string[]): Html {
  const rule = ruleName(finding);
  const values = finding.code === "first-change" ? list(finding.values.map(change)) : raw("");
  return html`<tr class="rule-${String(rules.indexOf(rule))}"><td class="${finding.severity}">${finding.code}<br><small>${rule}</small></td><td>${joined(finding.records.map(record))}</td><td>${spoken(finding.message)}${values}${list(finding.candidates.map((one) => candidate(finding, one)))}<div><strong>To do:</strong> ${spoken(finding.todo)}</div></td></tr>
`;
}

function record({ address, label, linkedTo }: AuditRecord): Html {
  return html`<div><strong>${labelText(label, whole)}</strong> <small>${addressText(address)}</small>${when(linkedTo, (linked) => html`, linked to <small>${addressText(linked)}</small>`)}</div>`;
}

function candidate(finding: AuditFinding, one: AuditCandidate): Html {
  const { address, label, linkedTo, score, speaksFor, speaksAgainst, values } = one;
  const points =
    score === undefined ? raw("") : html` <span class="count">${String(score)} of 100</span>`;
  const told =
    score === undefined
      ? list(values.map(difference))
      : list([
          ...speaksFor.map((text) => html`<li>${text}</li>`),
          ...speaksAgainst.map((text) => html`<li class="medium">against: ${text}</li>`),
        ]);
  return html`<li>${couldBe(finding, one)} <strong>${labelText(label, whole)}</strong> <small>${addressText(address)}</small>${points}${when(linkedTo, (linked) => html`, linked to ${addressText(linked)} already`)}${told}</li>`;
}

function difference({ field, source, target }: AuditValue): Html {
  return html`<li><code>${field}</code> ${valueText(source, whole)} in the source, ${valueText(target, whole)} in the target</li>`;
}

function change({ field, source, target }: AuditValue): Html {
  return html`<li><code>${field}</code> <del>${valueText(target, whole)}</del> <span aria-hidden="true">→</span> <ins>${valueText(source, whole)}</ins></li>`;
}

/** Commands stand between backticks. */
function spoken(text: string): Html {
  const parts = text.split(/`([^`]+)`/);
  return joined(
    parts.map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`)),
  );
}

function list(items: readonly Html[]): Html {
  return items.length === 0 ? raw("") : html`<ul>${joined(items)}</ul>`;
}

function fields(audit: Audit): Html {
  if (audit.fields.length === 0) return raw("");
  const items = audit.fields.map(({ mapping, rule, field, records, untold, examples }) => {
    const unknown =
      untold === 0
        ? ""
        : `, ${figure(untold)} of them where the target does not tell what it holds`;
    const shown = examples.map(
      ({ label, before, after }) =>
        html`<li>${labelText(label, whole)}: <del>${valueText(before, whole)}</del> <span aria-hidden="true">→</span> <ins>${valueText(after, whole)}</ins></li>`,
    );
    return html`<li><code>${field}</code> ${count(records, "record")}${unknown} <small>${mapping} / ${rule}</small>${list(shown)}</li>`;
  });
  return html`<section><h2>Fields that the first sync writes</h2><ul>${joined(items)}</ul></section>`;
}
