// The official OpenAI client against a server of which one tier fails. Prints what it got, one JSON document.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: `${process.env.MODERATO_URL}/v1`, apiKey: process.env.MODERATO_KEY, maxRetries: 0 });
const texts = JSON.parse(process.env.TEXTS);
const refused = process.env.REFUSED;
const caught = error => ({ status: error.status, type: error.type, message: error.message, name: error.constructor.name });

const many = await client.moderations.create({ input: texts }, { headers: { 'Idempotency-Key': 'node-1' } });
const again = await client.moderations.create({ input: texts }, { headers: { 'Idempotency-Key': 'node-1' } });
const single = await client.moderations.create({ input: refused }).then(() => null, caught);
const all = await client.moderations.create({ input: [refused, refused] }).then(() => null, caught);

console.log(JSON.stringify({ many, again, single, all }));
