// The official OpenAI client, with nothing changed but its base URL. Prints what it got, one JSON document.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: `${process.env.MODERATO_URL}/v1`, apiKey: process.env.MODERATO_KEY, maxRetries: 0 });
const wrong = new OpenAI({ baseURL: `${process.env.MODERATO_URL}/v1`, apiKey: 'mod_nobody', maxRetries: 0 });
const texts = JSON.parse(process.env.TEXTS);

const one = await client.moderations.create({ model: 'omni-moderation-latest', input: texts[0] });
const many = await client.moderations.create({ input: texts });
const parts = await client.moderations.create({
  model: 'omni-moderation-latest',
  input: texts.map(text => ({ type: 'text', text })),
});
const image = await client.moderations
  .create({ model: 'omni-moderation-latest', input: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] })
  .then(() => null, error => ({ status: error.status, type: error.type, param: error.param, code: error.code, message: error.message, name: error.constructor.name }));
const keyless = await wrong.moderations
  .create({ input: 'a' })
  .then(() => null, error => ({ status: error.status, code: error.code, name: error.constructor.name }));

console.log(JSON.stringify({ one, many, parts, image, keyless }));
