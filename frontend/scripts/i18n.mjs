// @ts-check
import ts from "typescript";

/** @typedef {string | Record<string, string>} Message */
/** @typedef {Record<string, Message>} Catalogue */

/** Attributes that a person reads or hears. */
const SPOKEN =
  /^(?:aria-label|aria-description|aria-valuetext|aria-roledescription|title|alt|placeholder|label|text|hint|subtitle|detail|action|description|summary|caption)$/;
const LETTER = /\p{L}/u;
const PLACEHOLDER = /\{(\w+)\}/g;

/** @param {Message} message */
const texts = (message) => (typeof message === "string" ? [message] : Object.values(message));

/** @param {string} text */
const placeholders = (text) =>
  [...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? "").toSorted();

/**
 * The placeholders that some form of a message shows; one form may leave the count out.
 * @param {Message} message
 */
const allPlaceholders = (message) => [...new Set(texts(message).flatMap(placeholders))].toSorted();

/**
 * The plural forms that a language needs for whole numbers below a million.
 * @param {string} language
 */
function pluralForms(language) {
  const rules = new Intl.PluralRules(language);
  const numbers = Array.from({ length: 1000 }, (_, number) => rules.select(number));
  return [...new Set([...numbers, "other"])].toSorted();
}

/**
 * @param {string} key
 * @param {Message} source the message in the first language
 * @param {Message | undefined} message
 * @param {string} language
 * @returns {string[]}
 */
function compareMessage(key, source, message, language) {
  if (message === undefined) return [`${language}: ${key} is missing`];
  const found = [];
  if (texts(message).some((text) => text.trim() === "")) found.push(`${language}: ${key} is empty`);
  if (String(allPlaceholders(source)) !== String(allPlaceholders(message))) {
    found.push(`${language}: ${key} has other placeholders`);
  }
  if (typeof source !== typeof message) found.push(`${language}: ${key} is plural in one language`);
  if (typeof message !== "string") {
    const wanted = pluralForms(language);
    const missing = wanted.filter((form) => !(form in message));
    const known = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const extra = Object.keys(message).filter((form) => !known.some((one) => one === form));
    for (const form of missing) found.push(`${language}: ${key} lacks its plural form ${form}`);
    for (const form of extra) found.push(`${language}: ${key} has an unknown plural form ${form}`);
  }
  return found;
}

/**
 * Return a sentence for each difference between the catalogues of one part.
 * @param {Record<string, Catalogue>} catalogues by language, the first one leading
 */
export function compareCatalogues(catalogues) {
  const [[, source] = ["", {}]] = Object.entries(catalogues);
  return Object.entries(catalogues).flatMap(([language, catalogue]) => [
    ...Object.entries(source ?? {}).flatMap(([key, message]) =>
      compareMessage(key, message, catalogue[key], language),
    ),
    ...Object.keys(catalogue)
      .filter((key) => !(key in (source ?? {})))
      .map((key) => `${language}: ${key} is not in the first language`),
  ]);
}

/**
 * Whether a text is said to a person: in an element, or in an attribute that is read out.
 * @param {ts.Node} node
 */
function isSpoken(node) {
  let child = node;
  let { parent } = node;
  while (
    ts.isConditionalExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    isFallback(parent)
  ) {
    if (ts.isConditionalExpression(parent) && parent.condition === child) return false;
    child = parent;
    parent = parent.parent;
  }
  if (ts.isJsxAttribute(parent)) return SPOKEN.test(parent.name.getText());
  if (!ts.isJsxExpression(parent)) return false;
  if (ts.isJsxAttribute(parent.parent)) return SPOKEN.test(parent.parent.name.getText());
  return true;
}

/** @param {ts.Node} node */
const isFallback = (node) =>
  ts.isBinaryExpression(node) &&
  [
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
  ].includes(node.operatorToken.kind);

/** @param {ts.Node} node */
function visibleText(node) {
  if (ts.isJsxText(node)) return node.text;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return isSpoken(node) ? node.text : "";
  }
  if (ts.isTemplateExpression(node) && isSpoken(node)) {
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)]
      .map(({ text }) => text)
      .join("");
  }
  return "";
}

/**
 * Return a sentence for each text that stands in the code rather than in a catalogue.
 * @param {ts.SourceFile} source
 */
export function literalTexts(source) {
  /** @type {string[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const text = visibleText(node).trim();
    if (LETTER.test(text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${source.fileName}:${line + 1}: text outside the catalogues: ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Return the texts of a file that may be keys: its literals, and what its templates can become.
 * @param {ts.SourceFile} source
 * @param {ts.TypeChecker} checker
 */
export function possibleKeys(source, checker) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isStringLiteralLike(node)) found.add(node.text);
    if (ts.isTemplateExpression(node)) {
      const type = checker.getContextualType(node) && checker.getTypeAtLocation(node);
      const members = type?.isUnion() ? type.types : type ? [type] : [];
      for (const member of members) if (member.isStringLiteral()) found.add(member.value);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Return the keys given to t() and rich() as plain literals.
 * @param {ts.SourceFile} source
 */
export function askedKeys(source) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const name = node.expression.getText(source).split(".").at(-1);
      if ((name === "t" || name === "rich") && first && ts.isStringLiteralLike(first)) {
        found.add(first.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
