import { describe, expect, it } from "vitest";
import { chooseTarget, parseServer, parseToken } from "./session";

const TOKEN = "slw_0123456789abcdef";
const OTHER = "slw_fedcba9876543210";
const configFile = "/config.json";
const config = { server: "https://one.example.com", token: TOKEN };

describe("chooseTarget", () => {
  it("takes flags before the environment, and that before the file", () => {
    const env = { server: "https://two.example.com", token: OTHER };
    expect(chooseTarget({ flags: { server: "https://three.example.com/", token: TOKEN }, env, config, configFile })).toEqual({ server: "https://three.example.com", token: TOKEN, tokenSource: "given with --token" });
    expect(chooseTarget({ flags: {}, env, config, configFile })).toEqual({ server: "https://two.example.com", token: OTHER, tokenSource: "read from SLIPWAY_TOKEN" });
    expect(chooseTarget({ flags: {}, env: { server: undefined, token: undefined }, config, configFile })).toEqual({ server: "https://one.example.com", token: TOKEN, tokenSource: "read from /config.json" });
    expect(chooseTarget({ flags: {}, env: { server: undefined, token: undefined }, config: null, configFile })).toEqual({ server: "http://localhost:3000", token: undefined, tokenSource: null });
  });

  it("never hands a saved token to another server", () => {
    expect(chooseTarget({ flags: { server: "https://evil.example.com" }, env: { server: undefined, token: undefined }, config, configFile }).token).toBeUndefined();
    expect(chooseTarget({ flags: {}, env: { server: "http://one.example.com", token: undefined }, config, configFile }).token).toBeUndefined();
  });
});

describe("addresses and tokens", () => {
  it("cuts the slash off and keeps a folder", () => {
    expect(parseServer("http://localhost:3000/")).toBe("http://localhost:3000");
    expect(parseServer("https://example.com/slipway/")).toBe("https://example.com/slipway");
  });
  it.each(["slipway.example.com", "ftp://example.com", "https://ada:secret@example.com", "https://example.com/?x=1"])("refuses %s", (value) => {
    expect(() => parseServer(value)).toThrow(/address/);
  });
  it("refuses what is no token, without repeating it", () => {
    expect(parseToken(` ${TOKEN}\n`)).toBe(TOKEN);
    expect(() => parseToken("hunter2")).toThrow(/^(?!.*hunter2).*slw_/);
  });
});
