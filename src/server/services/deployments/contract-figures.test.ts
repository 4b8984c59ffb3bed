import { describe, expect, it } from "vitest";
import { contractFigures } from "./contract-figures";

const report = (facts: Record<string, string | number | boolean>) => ({ errorCount: 0, warningCount: 0, findings: [], facts });
const stage = (key: string, facts: Record<string, string | number | boolean> = {}) => ({ key, durationMs: 1_500, report: report(facts) });

function tokensOf(stages: { key: string; durationMs: number | null; report: unknown }[]) {
  return contractFigures({ stages: [...stages, { key: "deployment", durationMs: null, report: null }], deployments: [], estimate: null }).total_cost?.model_tokens;
}

describe("the model's tokens of a build", () => {
  it("are those of the generation and of the audit that mended with it", () => {
    expect(tokensOf([stage("code_generation", { input_tokens: 300, output_tokens: 20 }), stage("security_audit", { input_tokens: 1_000, output_tokens: 7 })])).toBe(1_327);
    expect(tokensOf([stage("code_generation"), stage("security_audit", { input_tokens: 1_000, output_tokens: 7 })])).toBe(1_007);
  });

  it("are none where none was asked, or a report can't be read", () => {
    expect(tokensOf([stage("code_generation"), stage("security_audit")])).toBeNull();
    expect(tokensOf([{ key: "code_generation", durationMs: null, report: "?" }, { key: "security_audit", durationMs: null, report: null }])).toBeNull();
  });
});
