/**
 * Writes one contract on OpenZeppelin Contracts, as a plain contract with a constructor or as an upgradeable one with an
 * initializer: a template says what it inherits and adds, and which of the two comes out is decided here alone.
 */
import { indent } from "./solidity";

const LINE_WIDTH = 120;

export interface ContractParameter {
  type: string;
  name: string;
  doc: string;
  /** What it is deployed with. */
  value: unknown;
}

interface Parent {
  symbol: string;
  path: string;
  /** Solidity of the arguments; null: nothing to hand over. */
  args: string | null;
  /** There is no other variant of it for upgradeable contracts. */
  plain: boolean;
}

interface Member {
  docs: readonly string[];
  head: string;
  body: readonly string[];
}

export interface ContractWriter {
  /** The symbol's name in this contract: `ERC20Upgradeable` in an upgradeable one. */
  symbol(name: string): string;
  /** @param options.path without `.sol`, below the package */
  inherit(options: { symbol: string; path: string; args?: string; plain?: boolean }): void;
  /** Imports without inheriting. */
  use(options: { symbol: string; path: string; own?: boolean }): void;
  parameter(parameter: ContractParameter): void;
  /** A line of the constructor's or initializer's body. */
  construct(...lines: string[]): void;
  state(...lines: string[]): void;
  add(member: Member): void;
  /** `head` without the `override(…)`, which goes before `returns`. */
  override(options: { head: string; returns?: string; bases: readonly string[]; body: readonly string[] }): void;
  render(): string;
  parameters(): readonly ContractParameter[];
}

export interface WriterOptions {
  name: string;
  upgradeable: boolean;
  /** One sentence about the contract, for its documentation. */
  notice: string;
}

export function createContractWriter({ name, upgradeable, notice }: WriterOptions): ContractWriter {
  const parents: Parent[] = [];
  const imports = new Map<string, string>();
  const parameters: ContractParameter[] = [];
  const built: string[] = [];
  const state: string[] = [];
  const members: Member[] = [];
  const overrides: Member[] = [];
  const symbol = (base: string) => (upgradeable && !PLAIN.has(base) ? `${base}Upgradeable` : base);

  function importPath({ symbol: base, path }: { symbol: string; path: string }): string {
    return upgradeable && !PLAIN.has(base) ? `@openzeppelin/contracts-upgradeable/${path}Upgradeable.sol` : `@openzeppelin/contracts/${path}.sol`;
  }

  return {
    symbol,
    inherit({ symbol: base, path, args, plain = false }) {
      parents.push({ symbol: symbol(base), path, args: args ?? null, plain: plain || PLAIN.has(base) });
      imports.set(symbol(base), importPath({ symbol: base, path }));
    },
    use({ symbol: base, path, own = false }) {
      if (own) imports.set(base, path);
      else imports.set(symbol(base), importPath({ symbol: base, path }));
    },
    parameter: (parameter) => void parameters.push(parameter),
    construct: (...lines) => void built.push(...lines),
    state: (...lines) => void state.push(...lines),
    add: (member) => void members.push(member),
    override({ head, returns, bases, body }) {
      const list = bases.length === 1 ? "override" : `override(${bases.join(", ")})`;
      overrides.push({ docs: [], head: [head, list, returns === undefined ? "" : `returns (${returns})`].filter((part) => part !== "").join(" "), body });
    },
    parameters: () => parameters,
    render() {
      const blocks = [
        ...(state.length === 0 ? [] : [state]),
        ...(upgradeable ? writeInitializer({ parents, parameters, built }) : writeConstructor({ parents, parameters, built })),
        ...members.map(writeMember),
        ...(overrides.length === 0 ? [] : [["// Solidity wants these spelled out: more than one parent has them.", "", ...overrides.flatMap((one, index) => [...(index === 0 ? [] : [""]), ...writeMember(one)])]]),
      ];
      const body = blocks.flatMap((block, index) => [...(index === 0 ? [] : [""]), ...block]);
      const lines = [...imports].map(([imported, from]) => `import {${imported}} from "${from}";`).sort();
      return [
        "// SPDX-License-Identifier: MIT",
        "pragma solidity ^0.8.27;",
        "",
        ...lines,
        "",
        `/// @title ${name}`,
        `/// @notice ${notice}`,
        ...writeHead({ name, parents: parents.map((parent) => parent.symbol) }),
        ...indent(body),
        "}",
        "",
      ].join("\n");
    },
  };
}

/** Of the plain package also in upgradeable contracts. */
const PLAIN = new Set(["Initializable", "UUPSUpgradeable"]);

function writeHead({ name, parents }: { name: string; parents: readonly string[] }): string[] {
  const line = `contract ${name} is ${parents.join(", ")} {`;
  if (line.length <= LINE_WIDTH) return [line];
  return [`contract ${name} is`, ...indent(parents.map((parent, index) => `${parent}${index === parents.length - 1 ? "" : ","}`)), "{"];
}

function writeMember({ docs, head, body }: Member): string[] {
  const comment = docs.map((line) => `/// ${line}`);
  if (body.length === 0) return [...comment, `${head} {}`];
  return [...comment, ...breakHead(`${head} {`), ...indent(body), "}"];
}

/** A function's head on one line, or one modifier a line where that is too long. */
function breakHead(head: string): string[] {
  if (head.length + 4 <= LINE_WIDTH) return [head];
  const end = head.indexOf(")") + 1;
  const parts = head.slice(end).replace(/ \{$/, "").match(/override\([^)]*\)|returns \([^)]*\)|\S+/g) ?? [];
  return [head.slice(0, end), ...indent(parts), "{"];
}

function documentParameters(parameters: readonly ContractParameter[]): string[] {
  return parameters.map((parameter) => `/// @param ${parameter.name} ${parameter.doc}`);
}

const listParameters = (parameters: readonly ContractParameter[]) => parameters.map(({ type, name }) => `${type} ${name}`).join(", ");

interface Construction {
  parents: readonly Parent[];
  parameters: readonly ContractParameter[];
  built: readonly string[];
}

function writeConstructor({ parents, parameters, built }: Construction): string[][] {
  const bases = parents.flatMap(({ symbol, args }) => (args === null ? [] : [`${symbol}(${args})`]));
  if (bases.length === 0 && built.length === 0 && parameters.length === 0) return [];
  const docs = documentParameters(parameters);
  const head = `constructor(${listParameters(parameters)})`;
  const body = built.length === 0 ? ["{}"] : ["{", ...indent(built), "}"];
  if (bases.length === 0) return [[...docs, `${head} ${body[0] ?? ""}`, ...body.slice(1)]];
  return [[...docs, head, ...indent(bases), ...body]];
}

function writeInitializer({ parents, parameters, built }: Construction): string[][] {
  const inits = parents.filter(({ plain }) => !plain).map(({ symbol, args }) => `__${symbol.replace(/Upgradeable$/, "")}_init(${args ?? ""});`);
  return [
    ["/// @custom:oz-upgrades-unsafe-allow constructor", "constructor() {", "    _disableInitializers();", "}"],
    [
      "/// @notice Sets the contract up, once, behind its proxy.",
      ...documentParameters(parameters),
      `function initialize(${listParameters(parameters)}) external initializer {`,
      ...indent([...inits, ...built]),
      "}",
    ],
  ];
}
