// Shows the OpenAPI document: operations by tag, their parameters and answers, the
// schemas, and a form that asks each operation on this server. Texts are set as text
// nodes alone, never as HTML.

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
};

const response = await fetch("/api/v1/openapi.json");
if (!response.ok) {
  document.getElementById("content").append(make("p", {}, `The document cannot be read: ${response.status}. Is the session over? Print a link with kith link.`));
  throw new Error(`status ${response.status}`);
}
const doc = await response.json();
document.getElementById("about").textContent = `${doc.info.version}. ${doc.info.description}`;

const nameOf = (ref) => ref.split("/").pop();

// typeOf gives a schema in a few words and links.
const typeOf = (schema) => {
  if (!schema) return document.createTextNode("any");
  if (schema.$ref) return make("a", { href: `#schema-${nameOf(schema.$ref)}` }, nameOf(schema.$ref));
  const kinds = [schema.type ?? "any"].flat();
  const out = make("span");
  if (kinds.includes("array")) out.append("list of ", typeOf(schema.items));
  else if (schema.additionalProperties && typeof schema.additionalProperties === "object") out.append("map of ", typeOf(schema.additionalProperties));
  else out.append(kinds.filter((kind) => kind !== "null").join(" or "));
  if (schema.format) out.append(` (${schema.format})`);
  if (schema.enum) out.append(`: ${schema.enum.join(", ")}`);
  if (kinds.includes("null")) out.append(", may be null");
  return out;
};

const rowsOf = (head, rows) =>
  make("table", {}, make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)))), make("tbody", {}, ...rows));

const cells = (...content) => make("tr", {}, ...content.map((part) => make("td", {}, part ?? "")));

// sample makes a value that a body of the schema may have.
const sample = (schema, depth = 0) => {
  if (!schema || depth > 4) return null;
  if (schema.$ref) return sample(doc.components.schemas[nameOf(schema.$ref)], depth);
  if (schema.enum) return schema.enum[0];
  const kind = [schema.type].flat().find((each) => each !== "null");
  if (kind === "object") {
    const needed = schema.required ?? [];
    return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => needed.includes(name)).map(([name, each]) => [name, sample(each, depth + 1)]));
  }
  if (kind === "array") return [];
  if (kind === "integer" || kind === "number") return schema.default ?? schema.minimum ?? 0;
  if (kind === "boolean") return false;
  return schema.default ?? "";
};

// tryOut makes the form that asks an operation.
const tryOut = (path, method, operation) => {
  const fields = [];
  const form = make("form");
  for (const parameter of operation.parameters ?? []) {
    const input = make("input", { name: parameter.name, autocomplete: "off", placeholder: String(parameter.schema?.default ?? "") });
    fields.push({ parameter, input });
    form.append(make("label", {}, `${parameter.name}${parameter.required ? " (needed)" : ""}`, input));
  }
  const schema = operation.requestBody?.content?.["application/json"]?.schema;
  const body = schema && make("textarea", { rows: "6", spellcheck: "false" });
  if (body) {
    body.value = JSON.stringify(sample(schema), null, 2);
    form.append(make("label", {}, "body", body));
  }
  const result = make("pre", { hidden: "", tabindex: "0" });
  form.append(make("div", {}, make("button", { type: "submit" }, "Ask")), result);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let address = path;
    const query = new URLSearchParams();
    for (const { parameter, input } of fields) {
      if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
      else if (parameter.in === "query" && input.value !== "") query.append(parameter.name, input.value);
    }
    const full = query.size ? `${address}?${query}` : address;
    result.hidden = false;
    result.textContent = "…";
    const began = performance.now();
    try {
      const answer = await fetch(full, { method: method.toUpperCase(), body: body?.value, headers: body ? { "Content-Type": "application/json" } : {} });
      const text = await answer.text();
      let shown = text;
      try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: as it is */ }
      result.textContent = `${answer.status} in ${Math.round(performance.now() - began)} ms, ${full}\n\n${shown.slice(0, 100000)}`;
    } catch (error) {
      result.textContent = String(error);
    }
  });
  return form;
};

const content = document.getElementById("content");
const list = document.getElementById("list");
const found = [];

const section = (id, text, node, item) => {
  found.push({ text: text.toLowerCase(), node, item });
  node.id = id;
};

const groups = new Map();
for (const [path, methods] of Object.entries(doc.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (!operation.operationId) continue;
    const tag = operation.tags?.[0] ?? "Other";
    if (!groups.has(tag)) groups.set(tag, []);
    groups.get(tag).push({ path, method, operation });
  }
}
for (const [tag, operations] of groups) {
  const items = make("ul");
  list.append(make("strong", {}, tag), items);
  for (const { path, method, operation } of operations) {
    const id = `operation-${operation.operationId}`;
    const node = make("section", {}, make("h2", {}, operation.summary), make("p", {}, make("span", { class: "method" }, method.toUpperCase()), make("code", {}, path)));
    if (operation.description) node.append(make("p", {}, operation.description));
    if (operation.parameters?.length) {
      node.append(make("h3", {}, "Parameters"), rowsOf(["Name", "In", "Type", "Meaning"], operation.parameters.map((each) =>
        cells(make("code", {}, each.name), each.in, typeOf(each.schema), each.description ?? each.schema?.description))));
    }
    const request = operation.requestBody?.content?.["application/json"]?.schema;
    if (request) node.append(make("h3", {}, "Body"), make("p", {}, typeOf(request)));
    const answers = Object.entries(operation.responses ?? {}).flatMap(([status, answer]) =>
      Object.entries(answer.content ?? { "": {} }).map(([kind, each]) => cells(status, kind, each.schema ? typeOf(each.schema) : "", answer.description)));
    node.append(make("h3", {}, "Answers"), rowsOf(["Status", "Content", "Type", "Meaning"], answers));
    // A stream of events has no end that could be waited for.
    const isStream = Object.values(operation.responses ?? {}).some((answer) => answer.content?.["text/event-stream"]);
    if (!isStream) node.append(make("h3", {}, "Try it"), tryOut(path, method, operation));
    const item = make("li", {}, make("a", { href: `#${id}` }, make("span", { class: "method" }, method.toUpperCase()), path.replace("/api/v1", "")));
    items.append(item);
    content.append(node);
    section(id, `${path} ${operation.summary} ${operation.operationId}`, node, item);
  }
}

const items = make("ul");
list.append(make("strong", {}, "Schemas"), items);
for (const [name, schema] of Object.entries(doc.components?.schemas ?? {}).sort(([a], [b]) => a.localeCompare(b))) {
  const id = `schema-${name}`;
  const node = make("section", {}, make("h2", {}, name));
  const rows = Object.entries(schema.properties ?? {}).map(([field, each]) => cells(make("code", {}, field), typeOf(each), each.description));
  node.append(rows.length ? rowsOf(["Field", "Type", "Meaning"], rows) : make("p", {}, typeOf(schema)));
  const item = make("li", {}, make("a", { href: `#${id}` }, name));
  items.append(item);
  content.append(node);
  section(id, name, node, item);
}

document.getElementById("filter").addEventListener("input", (event) => {
  const text = event.target.value.trim().toLowerCase();
  for (const each of found) each.node.hidden = each.item.hidden = text !== "" && !each.text.includes(text);
});
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
