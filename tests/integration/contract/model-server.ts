/** A server of our own on loopback plays a model's part, word for word as each provider's protocol has it. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { z } from "zod";
import { openContractModel } from "~/pipelines/contract/model/ask-model";
import type { ContractModel, ModelSettings } from "~/pipelines/contract/model/define";

export const MODEL_KEY = "sk-test-0123456789-secret";

const askedSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  response_format: z.looseObject({ type: z.string(), json_schema: z.looseObject({ strict: z.boolean() }) }).optional(),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: z.unknown() })).optional(),
  tool_choice: z.looseObject({ type: z.string() }).optional(),
  output_config: z.looseObject({ format: z.looseObject({ type: z.string() }) }).optional(),
});

export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  body: z.infer<typeof askedSchema>;
}

export interface ModelAnswer {
  status: number;
  content?: string;
  hang?: boolean;
}

const TOKENS = { input: 321, output: 45 };

/** One a test file. `answers` are given one after the other, the last one again and again; `asked` is what came in. */
export function openModelServer() {
  const played: { asked: Asked[]; answers: ModelAnswer[] } = { asked: [], answers: [] };
  let origin = "";
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body: askedSchema.parse(JSON.parse(text)) };
      played.asked.push(one);
      const answer = played.answers[Math.min(played.asked.length, played.answers.length) - 1];
      if (answer === undefined || answer.hang === true) return;
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(JSON.stringify(one.path === "/v1/messages" ? speakAnthropic({ asked: one, answer }) : speakOpenAi(answer)));
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    played.asked = [];
    played.answers = [];
  });
  return {
    played,
    /** The port is known only once the server listens. */
    model({ provider, name = "little-model", timeoutMs = 5_000 }: { provider: ModelSettings["provider"]; name?: string; timeoutMs?: number }): ContractModel {
      const open = () => openContractModel({ settings: { provider, url: `${origin}/v1`, name, apiKey: MODEL_KEY }, timeoutMs });
      return { name, write: (request) => open().write(request), fix: (request) => open().fix(request) };
    },
  };
}

const REFUSAL = `Incorrect API key provided: ${MODEL_KEY}`;

function speakOpenAi({ status, content }: ModelAnswer): object {
  if (status !== 200) return { error: { message: REFUSAL } };
  return {
    id: "chat-1", object: "chat.completion", created: 1, model: "little-model",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    usage: { prompt_tokens: TOKENS.input, completion_tokens: TOKENS.output, total_tokens: TOKENS.input + TOKENS.output },
  };
}

/** A model that is made to use a tool answers with its input; one that is given a format, with text. */
function speakAnthropic({ asked, answer: { status, content = "" } }: { asked: Asked; answer: ModelAnswer }): object {
  if (status !== 200) return { type: "error", error: { type: "authentication_error", message: REFUSAL } };
  const tool = asked.body.tools?.[0];
  return {
    id: "msg_1", type: "message", role: "assistant", model: asked.body.model,
    content: [tool === undefined ? { type: "text", text: content } : { type: "tool_use", id: "toolu_1", name: tool.name, input: JSON.parse(content) }],
    stop_reason: tool === undefined ? "end_turn" : "tool_use", stop_sequence: null,
    usage: { input_tokens: TOKENS.input, output_tokens: TOKENS.output },
  };
}
