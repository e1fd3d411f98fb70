import { isNode, nameOf, nodeAt, type Source, type SyntaxNode, walk } from "./source-tree.ts";

/* What the repository's own rules look for in a syntax tree. `test/tidy-rules.test.ts` proves that they see it. */

export function isFunction(node: SyntaxNode): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** `describe` bodies and the suites of test/conformance are lists of tests, not functions that do something. */
export function declaresTests(node: SyntaxNode): boolean {
  for (const [inner] of walk(node)) {
    if (inner.type === "CallExpression" && testFunction(nodeAt(inner, "callee"))) return true;
  }
  return false;
}

/** `test`, `it`, `describe`, and what is made of them: `test.each(...)`, `describe.for(...)`. */
function testFunction(node: SyntaxNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.type === "Identifier") {
    const name = nameOf(node) ?? "";
    return ["test", "it", "describe", "suite"].includes(name) ? name : undefined;
  }
  return testFunction(nodeAt(node, "object") ?? nodeAt(node, "callee") ?? nodeAt(node, "tag"));
}

/** `test.only`, `describe.skip` and their like: a test that is switched off, or that switches off the others. */
export function testSwitch(node: SyntaxNode): string | undefined {
  if (node.type !== "MemberExpression") return undefined;
  const property = nameOf(nodeAt(node, "property")) ?? "";
  const object = testFunction(nodeAt(node, "object"));
  return object && ["only", "skip", "todo", "skipIf", "runIf", "fails"].includes(property)
    ? `${object}.${property}`
    : undefined;
}

export function waits(node: SyntaxNode): string | undefined {
  if (node.type === "AwaitExpression") return "await";
  if (node.type === "ForOfStatement" && node["await"] === true) return "for await";
  if (isFunction(node) && node["async"] === true) return "an async function";
  const called = nodeAt(node, "callee");
  if (node.type === "CallExpression" && nameOf(called && nodeAt(called, "property")) === "then") {
    return "then()";
  }
  return undefined;
}

/** What of the world around the process a node touches, if anything. Names of types touch nothing. */
export function ambientUse(node: SyntaxNode, parent: SyntaxNode | null): string | undefined {
  if (node.type === "NewExpression" && nameOf(nodeAt(node, "callee")) === "Date") {
    return Array.isArray(node["arguments"]) && node["arguments"].length === 0
      ? "new Date()"
      : undefined;
  }
  if (node.type === "CallExpression" && nameOf(nodeAt(node, "callee")) === "Date") return "Date()";
  if (node.type === "MemberExpression") {
    const member = `${nameOf(nodeAt(node, "object"))}.${nameOf(nodeAt(node, "property"))}`;
    return ["Date.now", "Math.random", "performance.now"].includes(member) ? member : undefined;
  }
  if (node.type === "ImportDeclaration" || node.type === "ImportExpression") {
    const from = nameOf(nodeAt(node, "source"))?.replace(/^node:/, "") ?? "";
    return ["process", "console", "timers", "timers/promises", "child_process"].includes(from)
      ? from
      : undefined;
  }
  const ambient =
    /^(process|console|fetch|setTimeout|setInterval|setImmediate|globalThis|randomUUID|randomBytes|randomInt)$/;
  const name = node.type === "Identifier" ? nameOf(node) : undefined;
  if (name === undefined || !ambient.test(name) || parent === null) return undefined;
  return isOnlyAName(node, parent) ? undefined : name;
}

/** `x.fetch`, `{ fetch: 1 }`, a type's member, a parameter of a function type: the name, and not the ambient thing. */
function isOnlyAName(node: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.type.startsWith("TS")) return true;
  if (parent.type === "ImportSpecifier") return true;
  const isMember = parent.type === "MemberExpression" && parent["property"] === node;
  const isKey =
    /^(Property|PropertyDefinition|MethodDefinition)$/.test(parent.type) && parent["key"] === node;
  return (isKey || isMember) && parent["computed"] !== true;
}

/** Comments, strings and the text of templates, but not the specifiers of imports. */
export function spokenText(
  source: Source,
): readonly { readonly text: string; readonly line: number }[] {
  const spoken = source.comments.map((comment) => ({
    text: comment.value,
    line: source.line(comment.start),
  }));
  for (const [node, parent] of walk(source.program)) {
    const isImport = parent !== null && /^(Import|Export)/.test(parent.type);
    const value = node.type === "TemplateElement" ? node["value"] : node;
    const raw =
      value !== null && typeof value === "object" && "raw" in value ? value.raw : undefined;
    const isText = node.type === "TemplateElement" || node.type === "Literal";
    if (isText && !isImport && typeof raw === "string" && isNode(node)) {
      spoken.push({ text: raw, line: source.line(node.start) });
    }
  }
  return spoken;
}
