// OpenAI's chat interface over llama.cpp, as much of it as a tier needs: one model, one choice, a JSON schema as a grammar,
// probabilities of tokens. For tests: the model is tiny, so its verdicts say whether the plumbing holds, nothing of content.
//   node server.mjs MODEL.gguf PORT        prints {"port": N} when it is ready
import { createServer } from "node:http";
import { getLlama, LlamaGrammarEvaluationState, LlamaJsonSchemaGrammar } from "node-llama-cpp";

const [modelPath, port = "0"] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never", logLevel: "error" });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: 4096, threads: 1 });
const sequence = context.getSequence();
let turn = Promise.resolve();

/** SmolLM2's own markup (ChatML). */
function promptOf(messages) {
  const markup = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`).join("");
  return model.tokenize(`${markup}<|im_start|>assistant\n`, true);
}

async function complete(request) {
  const schema = request.response_format?.json_schema?.schema;
  const grammar = schema && new LlamaJsonSchemaGrammar(llama, schema);
  const prompt = promptOf(request.messages);
  const most = Math.min(request.max_tokens ?? 256, 512);
  if (prompt.length + most > context.contextSize) {
    return { status: 400, body: { error: { code: "context_length_exceeded", message: "The prompt is too long." } } };
  }

  await sequence.clearHistory();
  const written = [];
  let finish = "length";
  const state = grammar && new LlamaGrammarEvaluationState({ model, grammar });
  const options = { temperature: request.temperature ?? 0, grammarEvaluationState: state, yieldEogToken: true };
  for await (const { token, probabilities } of sequence.evaluateWithMetadata(prompt, { probabilities: true }, options)) {
    if (model.isEogToken(token)) {
      finish = "stop";
      break;
    }

    written.push({ token, probabilities });

    // The grammar lets white space follow for ever.
    if (schema && isWhole(model.detokenize(written.map((one) => one.token)))) {
      finish = "stop";
      break;
    }

    if (written.length === most) {
      break;
    }
  }

  const text = model.detokenize(written.map((one) => one.token));
  return {
    status: 200,
    body: {
      object: "chat.completion",
      model: request.model,
      choices: [{
        index: 0,
        finish_reason: finish,
        message: { role: "assistant", content: text },
        logprobs: request.logprobs ? { content: logprobs(written, request.top_logprobs ?? 0) } : null,
      }],
      usage: { prompt_tokens: prompt.length, completion_tokens: written.length, total_tokens: prompt.length + written.length },
    },
  };
}

function isWhole(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON has no -Infinity. */
const logOf = (chance) => Math.log(Math.max(chance ?? 0, 1e-30));

function logprobs(written, top) {
  const before = [];
  return written.map(({ token, probabilities }) => {
    const textOf = (one) => model.detokenize([one], false, before);
    const chances = [...(probabilities ?? new Map()).entries()].sort((a, b) => b[1] - a[1]);
    const entry = {
      token: textOf(token),
      logprob: logOf(probabilities?.get(token)),
      top_logprobs: chances.slice(0, top).map(([one, chance]) => ({ token: textOf(one), logprob: logOf(chance) })),
    };
    before.push(token);
    return entry;
  });
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    // One sequence: one request after the other.
    turn = turn.then(async () => {
      const { status, body } = request.url === "/v1/chat/completions"
        ? await complete(JSON.parse(Buffer.concat(chunks).toString("utf8")))
        : { status: 404, body: { error: { code: "not_found" } } };
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    }).catch((error) => response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error: { message: String(error) } })));
  });
});
server.listen(Number(port), "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
