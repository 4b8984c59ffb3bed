/** What a package's code finds besides tscircuit: it runs in Node without a browser, and its built-in modules are untyped here. */
declare var console: {
  log(...values: any[]): void;
  info(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  debug(...values: any[]): void;
  table(...values: any[]): void;
};
declare function setTimeout(callback: (...values: any[]) => void, ms?: number, ...values: any[]): any;
declare function clearTimeout(timer: any): void;
declare function setInterval(callback: (...values: any[]) => void, ms?: number, ...values: any[]): any;
declare function clearInterval(timer: any): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function fetch(input: any, init?: any): Promise<any>;
declare var process: any;
declare var Buffer: any;
declare var URL: any;
declare var TextEncoder: any;
declare var TextDecoder: any;
declare var performance: { now(): number };
declare var crypto: any;
declare module "node:*";
declare module "fs";
declare module "path";
declare module "*.stp" {
  const source: string;
  export default source;
}
declare module "*.wrl" {
  const source: string;
  export default source;
}
